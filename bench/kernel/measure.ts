import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import { kernelSpec, stockKernelSpec } from "../../lib/kernel/kernelSpec";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { median, spreadOf } from "../statistics";
import type { Row } from "./report";
import { startTimedKernel } from "./timedKernel";

/** What is measured of one kernel. */
interface Round {
  times: Record<string, number>;
  /** Printed lines that came. */
  arrived: number;
}

const LINES = 100_000;
const REPEATS = 10; // trivial cells and completions in a round, of which the median counts
const PRINTED = "100,000 printed lines";
const PRINTING = `for (let line = 0; line < ${LINES}; line++) console.log("line " + line)`;

/**
 * Measures both kernels in turns, each time in a process of its own.
 *
 * @param options.rounds - rounds after one to warm up
 * @returns a row for each case, of the rounds that were finished when `signal` was given
 */
export async function measureKernels({ rounds, signal }: { rounds: number; signal: AbortSignal }): Promise<Row[]> {
  const cells = await firstCells();
  const finished: { ours: Round; stock: Round }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const stock = await measure(stockKernelSpec, cells);
    if (signal.aborted) break;
    const ours = await measure(kernelSpec, cells);
    if (signal.aborted) break;
    if (ours.arrived < LINES) throw new Error(`our kernel has lost ${LINES - ours.arrived} of ${LINES} printed lines`);
    console.log(round === 0 ? "warmed up" : `round ${round} of ${rounds}`);
    if (round > 0) finished.push({ ours, stock });
  }
  return finished.length === 0 ? [] : Object.keys(finished[0].ours.times).map((name) => toRow(name, finished));
}

/** The code of lesson 1 up to its first import of the library. */
async function firstCells(): Promise<string[]> {
  const { cells } = loadNotebook(path.join(projectRoot, "notebooks", "01-classify-forecast-recommend.ipynb"));
  const codes = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source);
  return codes.slice(0, codes.findIndex((code) => code.includes("./lib/")) + 1);
}

async function measure(spec: typeof kernelSpec, cells: string[]): Promise<Round> {
  const kernel = await startTimedKernel(spec);
  try {
    const run = (code: string) => kernel.time("execute_request", { code });
    for (const code of cells.slice(0, -1)) await run(code);
    const firstImport = await run(cells[cells.length - 1]);
    const trivial = await repeated((index) => run(`${index} + 1`));
    const declaring = await repeated((index) => run(`const value${index} = ${index}; value${index}`));
    const completion = await repeated((index) => {
      const code = `import { show } from "./lib/notebook/show";\n// ${index}\nbackend.`;
      return kernel.time("complete_request", { code, cursor_pos: code.length });
    });
    const { milliseconds, arrived } = await kernel.timeLines(PRINTING, LINES);
    const times = {
      "start to the first result": kernel.started,
      "first import of the library": firstImport,
      "a trivial cell": trivial,
      "a cell that declares a variable": declaring,
      "a completion": completion,
      [PRINTED]: milliseconds,
    };
    return { times, arrived };
  } finally {
    await kernel.end();
  }
}

async function repeated(once: (index: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < REPEATS; index++) times.push(await once(index));
  return median(times);
}

function toRow(name: string, rounds: { ours: Round; stock: Round }[]): Row {
  const ours = median(rounds.map(({ ours }) => ours.times[name]));
  const arrived = median(rounds.map(({ stock }) => stock.arrived));
  const row = { case: name, threads: 1, ours, unit: "ms" } as const;
  if (name === PRINTED && arrived < LINES)
    return { ...row, peer: null, peerName: `stock tslab, ${arrived} arrive`, ratio: null, low: null, high: null };
  const ratios = rounds.map(({ ours, stock }) => stock.times[name] / ours.times[name]);
  const peer = median(rounds.map(({ stock }) => stock.times[name]));
  return { ...row, peer, peerName: "stock tslab", ...spreadOf(ratios) };
}
