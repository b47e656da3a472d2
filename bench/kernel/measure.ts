import { kernelSpec, type KernelSpec, stockKernelSpec } from "../../lib/kernel/kernelSpec";
import { makeSnapshot } from "../../lib/kernel/snapshot";
import { median, spreadOf } from "../statistics";
import { denoKernelSpec } from "./denoKernel";
import type { Row } from "./report";
import { startTimedKernel } from "./timedKernel";
import { timeWarmStart } from "./warmStart";

/** What is measured of one kernel, by the cases' names; null where it did not do it. */
type Round = Record<string, number | null>;

/** A kernel beside ours. */
export type Peer = "stock tslab" | "Deno";

const LINES = 100_000;
const REPEATS = 10; // small cells and completions in a round, of which the median counts
const START = "start to the first result";
const WARM_START = "the same, kept warm by the lab";
const ENDLESS = "for (;;) ;";
const PRINTED = "100,000 printed lines";
const PRINTING = `for (let line = 0; line < ${LINES}; line++) console.log("line " + line)`;
const UNITS: Record<string, Row["unit"]> = { "memory after the start": "MB" };

/** What a measurement takes. */
export interface KernelMeasurement {
  /** Rounds after one to warm up. */
  rounds: number;
  peers: Peer[];
  signal: AbortSignal;
}

/**
 * Measures our kernel and its peers in turns, each time in a process of its own.
 *
 * @returns a row for each case and peer, of the rounds that were finished when `signal` was given
 */
export async function measureKernels({ rounds, peers, signal }: KernelMeasurement): Promise<Row[]> {
  const specs = new Map(peers.map((peer) => [peer, peer === "Deno" ? denoKernelSpec() : stockKernelSpec]));
  await makeSnapshot();
  const finished: { ours: Round; peers: Map<Peer, Round> }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const measured = new Map<Peer, Round>();
    for (const [peer, spec] of specs) {
      const found = await measure(spec);
      measured.set(peer, { ...found, [WARM_START]: found[START] });
      if (signal.aborted) break;
    }
    const ours = signal.aborted ? undefined : await measureOurs();
    if (!ours || signal.aborted) break;
    if (ours[PRINTED] === null) throw new Error(`our kernel has lost some of ${LINES} printed lines`);
    console.log(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    if (round > 0) finished.push({ ours, peers: measured });
  }
  if (finished.length === 0) return [];
  const names = Object.keys(finished[0].ours);
  return names.flatMap((name) => peers.map((peer) => toRow(name, peer, finished.map((one) => [one.ours[name], one.peers.get(peer)![name]])))); // prettier-ignore
}

async function measureOurs(): Promise<Round> {
  return { ...(await measure(kernelSpec)), [WARM_START]: await timeWarmStart() };
}

async function measure(spec: (connectionFile: string) => KernelSpec): Promise<Round> {
  const kernel = await startTimedKernel(spec);
  try {
    const memory = kernel.memory();
    const run = (code: string) => kernel.time("execute_request", { code });
    const firstImport = await run('import * as tf from "@tensorflow/tfjs";');
    const trivial = await repeated((index) => run(`${index} + 1`));
    const declaring = await repeated((index) => run(`const value${index} = ${index}; value${index}`));
    const completion = await repeated((index) => {
      const code = `// ${index}\ntf.ten`;
      return kernel.time("complete_request", { code, cursor_pos: code.length });
    });
    const { milliseconds, arrived } = await kernel.timeLines(PRINTING, LINES);
    return {
      [START]: kernel.started,
      "first import of TensorFlow.js": firstImport,
      "a trivial cell": trivial,
      "a cell that declares a variable": declaring,
      "a completion": completion,
      [PRINTED]: arrived < LINES ? null : milliseconds,
      "memory after the start": memory,
      "an endless loop, interrupt_request": await kernel.timeInterrupt(ENDLESS, "message"),
      "the same, as Jupyter interrupts it": await timeAsJupyter(spec),
    };
  } finally {
    await kernel.end();
  }
}

/** An interrupt of another kernel, which it may end, in the way that its kernel.json asks for. */
async function timeAsJupyter(spec: (connectionFile: string) => KernelSpec): Promise<number | null> {
  const kernel = await startTimedKernel(spec);
  const time = await kernel.timeInterrupt(ENDLESS, spec("").interrupt_mode ?? "signal");
  await kernel.end();
  return time;
}

async function repeated(once: (index: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < REPEATS; index++) times.push(await once(index));
  return median(times);
}

function toRow(name: string, peer: Peer, rounds: [ours: number | null, peer: number | null][]): Row {
  const whole = rounds.filter((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null);
  const ours = median(rounds.flatMap(([one]) => one ?? []));
  const row = { case: name, threads: 1, ours, unit: UNITS[name] ?? "ms" } as const;
  if (whole.length < rounds.length)
    return { ...row, peer: null, peerName: `${peer}: not done`, ratio: null, low: null, high: null };
  const ratios = whole.map(([one, other]) => other / one);
  return { ...row, peer: median(whole.map(([, other]) => other)), peerName: peer, ...spreadOf(ratios) };
}
