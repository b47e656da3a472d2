import * as http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { type Asker, newAsker, WAYS } from "../demo/load";
import { makePictures } from "../demo/pictures";
import { median } from "../statistics";
import { childrenOf, memoryOf } from "./memoryOf";
import { type RunningDemo, startDemo } from "./startDemo";

/** How long, and by whom, a demo is asked. */
export interface SoakOptions {
  workers: number;
  /** Requests under way at a time. */
  clients: number;
  minutes: number;
  /** Requests a second, of all clients together. */
  rate: number;
  /** Whether workers are replaced and killed meanwhile. */
  disturb: boolean;
  signal: AbortSignal;
}

/** Milliseconds between two lines. */
const LINE = 30_000;
/** Milliseconds between two disturbances. */
const DISTURBANCE = 10_000;
/** Lines until memory has settled: uploads are kept for ten minutes. */
const SETTLED = 600_000 / LINE;
/** By what share memory may grow from the first half of the rest to the second one, by chance. */
const GROWTH = 0.05;

interface Tally {
  answered: number;
  /** What went wrong, and how often. */
  failed: Map<string, number>;
}

/** Asks for everything and prints memory over time. Gives whether no call failed, and memory was flat where nothing was disturbed. */
export async function soak(options: SoakOptions): Promise<boolean> {
  const { workers, clients, minutes, rate, disturb, signal } = options;
  const demo = await startDemo({ kind: "processes", count: workers });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 * clients });
  const ask = newAsker(demo.url, agent);
  const tally: Tally = { answered: 0, failed: new Map() };
  const end = performance.now() + 60_000 * minutes;
  const goesOn = () => performance.now() < end && !signal.aborted;
  try {
    const pictures = await makePictures();
    const turn = newPace(rate);
    const running = Array.from({ length: clients }, (_, start) =>
      askForAll(ask, { pictures, tally, turn, goesOn, start }),
    );
    if (disturb) running.push(disturbIt(demo, goesOn));
    const totals = await watch(demo, tally, goesOn);
    await Promise.all(running);
    console.log(
      `\n${(await ask("metrics")).match(/^demo_(worker_restarts|calls_(repeated|failed))_total.*$/gm)!.join("\n")}`,
    );
    return judge(totals, tally, disturb);
  } finally {
    agent.destroy();
    await demo.stop();
  }
}

interface SoakClient {
  pictures: Buffer[];
  tally: Tally;
  /** Waits until the next request may be sent. */
  turn: () => Promise<void>;
  goesOn: () => boolean;
  /** Where in the round of requests it begins. */
  start: number;
}

async function askForAll(ask: Asker, { pictures, tally, turn, goesOn, start }: SoakClient): Promise<void> {
  const categories = JSON.parse(await ask("api/categories")).categories as string[];
  const kinds: ((count: number) => Promise<unknown>)[] = [
    (count) => WAYS.json(ask, pictures[count % pictures.length]),
    (count) => WAYS.queued(ask, pictures[count % pictures.length]),
    (count) => ask(`api/recommend?user=${count % 800}&count=5`),
    (count) => callInSession(ask, { name: `soak-${start}-${count}`, item: count % 1000 }),
    (count) => WAYS.direct(ask, pictures[count % pictures.length]),
    (count) => ask(`api/forecast?horizon=8&category=${encodeURIComponent(categories[count % categories.length])}`),
  ];
  for (let count = start; goesOn(); count++)
    try {
      await turn();
      await kinds[count % kinds.length](count);
      tally.answered++;
    } catch (error) {
      const { message } = error as Error;
      tally.failed.set(message, (tally.failed.get(message) ?? 0) + 1);
      await pause(100);
    }
}

/**
 * Gives out turns, `rate` a second and evenly: what the demo keeps for some minutes grows with the rate, so a rate that
 * changes would look like a leak. Turns that nobody could take are not made up for.
 */
function newPace(rate: number): () => Promise<void> {
  let next = performance.now();
  return async () => {
    const now = performance.now();
    const mine = Math.max(next, now);
    next = mine + 1000 / rate;
    if (mine > now) await pause(mine - now);
  };
}

/** As Gradio's clients call: joins the queue, and hears of it on the session's stream. */
async function callInSession(ask: Asker, { name, item }: { name: string; item: number }): Promise<void> {
  const call = { data: [item, 5], fn_index: 3, session_hash: name };
  const { event_id: id } = JSON.parse(await ask("gradio_api/queue/join", JSON.stringify(call)));
  const heard = await ask(`gradio_api/queue/data?session_hash=${name}`);
  const messages = Array.from(heard.matchAll(/^data: (.*)$/gm), ([, text]) => JSON.parse(text));
  const end = messages.find(({ msg, event_id }) => msg === "process_completed" && event_id === id);
  if (!end?.success) throw new Error(`the session's stream ended without an answer: ${heard.slice(0, 200)}`);
}

/** By turns all workers are replaced, and one of them is killed. */
async function disturbIt({ pid, signal }: RunningDemo, goesOn: () => boolean): Promise<void> {
  for (let turn = 0; ; turn++) {
    await pause(DISTURBANCE);
    if (!goesOn()) return;
    const [first] = childrenOf(pid);
    if (turn % 2 === 0) signal("SIGHUP");
    else if (first !== undefined) process.kill(first, "SIGKILL");
  }
}

/** Prints a line now and then; gives the memory of all processes together at each, in MB. */
async function watch({ pid }: RunningDemo, tally: Tally, goesOn: () => boolean): Promise<number[]> {
  const totals: number[] = [];
  const started = performance.now();
  console.log("seconds  answered  failed  MB of all  the server and each worker");
  while (goesOn()) {
    for (let waited = 0; waited < LINE && goesOn(); waited += 500) await pause(500);
    const each = memoryOf(pid).map(({ proportional }) => proportional);
    totals.push(each.reduce((sum, one) => sum + one, 0));
    const failed = [...tally.failed.values()].reduce((sum, times) => sum + times, 0);
    const columns = [(performance.now() - started) / 1000, tally.answered, failed, totals.at(-1)!];
    const widths = [7, 10, 8, 11];
    const shown = columns.map((value, place) => value.toFixed(0).padStart(widths[place])).join("");
    console.log(`${shown}  ${each.map((one) => one.toFixed(0)).join(", ")}`);
  }
  return totals;
}

function judge(totals: number[], { answered, failed }: Tally, disturbed: boolean): boolean {
  for (const [message, times] of failed) console.log(`FAILED ${times} times: ${message}`);
  console.log(`${answered} calls were answered, ${failed.size === 0 ? "none" : "some"} failed.`);
  const growth = growthOf(totals.slice(SETTLED));
  return failed.size === 0 && answered > 0 && (disturbed || growth < GROWTH);
}

/** By what share memory grew; 0 where there was too little time. */
function growthOf(settled: number[]): number {
  if (settled.length < 4) {
    console.log("The soak was too short to say whether memory is flat: it settles in ten minutes.");
    return 0;
  }
  const half = settled.length >> 1;
  const [earlier, later] = [median(settled.slice(0, half)), median(settled.slice(half))];
  const share = later / earlier - 1;
  console.log(`Memory after the first ten minutes, first half and second: ${earlier.toFixed(0)} and ${later.toFixed(0)} MB (${(100 * share).toFixed(1)} %).`); // prettier-ignore
  return share;
}
