import { streamProgress, type ProgressSink } from "../../lib/runner/progress";
import type { Contender } from "../contender";
import { shownRate } from "../statistics";
import { startKeras, startOurs } from "./contenders";
import { nets } from "./nets";
import { toRow, type Round, type Row } from "./report";
import type { Answer, Task } from "./tasks";

/** What is measured, and how often. */
export interface ZooOptions {
  nets: string[];
  threads: number[];
  rounds: number;
  /** Steps of a round; undefined for as many as take about a second. */
  steps?: number;
  work: Task["work"];
  /** Ends the measurement: what is measured by then is returned. */
  signal: AbortSignal;
}

/** Seconds of a round, where the steps are not given. */
const ROUND = 1;
const MOST_STEPS = 200;

/**
 * Trains each net in turns with Keras: fresh processes for each, in each round first we, then Keras, and whoever has no
 * turn sleeps. Without Keras we are measured alone.
 */
export async function measureZoo(options: ZooOptions): Promise<Row[]> {
  const sink = streamProgress(process.stderr);
  const rows: Row[] = [];
  try {
    for (const threads of options.threads)
      for (const net of options.nets) {
        options.signal.throwIfAborted();
        rows.push(await measureNet(net, threads, { ...options, sink }));
      }
  } catch (error) {
    if (!options.signal.aborted) throw error; // else the error is only that of a contender that was ended
  }
  return rows;
}

type Setting = ZooOptions & { sink: ProgressSink };

async function measureNet(net: string, threads: number, setting: Setting): Promise<Row> {
  const { signal, sink } = setting;
  const contenders: Contender[] = [];
  const close = () => contenders.forEach((contender) => contender.close());
  signal.addEventListener("abort", close);
  try {
    const ours = await started(() => startOurs(threads), contenders);
    const peer = await started(() => startKeras(threads), contenders).catch((error: Error) => {
      if (!signal.aborted) sink.log(`Keras is not measured: ${error.message.split("\n")[0].trim()}`);
      return null;
    });
    const row = await playRounds({ net, threads, ours, peer }, setting);
    const beside = row.peer === null ? ", alone" : ` and ${shownRate(row.peer)}, ratio ${shownRate(row.ratio)}`;
    sink.log(`${row.case}, ${threads} thread${threads === 1 ? "" : "s"}: ms a step: ${shownRate(row.ours)}${beside}`);
    return row;
  } finally {
    close();
    signal.removeEventListener("abort", close);
  }
}

async function started(start: () => Contender, contenders: Contender[]): Promise<Contender> {
  const contender = start();
  contenders.push(contender);
  await contender.receive<{ description: string }>();
  return contender;
}

interface Match {
  net: string;
  threads: number;
  ours: Contender;
  peer: Contender | null;
}

/** Steps before the rounds: the first ones build graphs, compile kernels and take memory. */
const WARM_UP = 3;

async function playRounds({ net, threads, ours, peer }: Match, setting: Setting): Promise<Row> {
  const { work, rounds, sink, signal } = setting;
  const ask = (count: number) => {
    const task: Task = { net, work, count };
    return { mine: () => ours.ask<Answer>(task), theirs: () => peer?.ask<Answer>(task) };
  };
  const [mine, theirs] = [await ask(WARM_UP).mine(), await ask(WARM_UP).theirs()];
  if (theirs && theirs.parameters !== mine.parameters)
    throw new Error(`${net} has ${mine.parameters} parameters, Keras' ${theirs.parameters}; they must be the same`);
  const steps = setting.steps ?? (await stepsOfRound(ask(WARM_UP)));
  const played: Round[] = [];
  const megabytes = { ours: 0, peer: null as number | null };
  for (let round = 0; round <= rounds; round++) {
    signal.throwIfAborted();
    sink.status?.(`${net}, ${threads}: round ${round} of ${rounds}, ${steps} steps`);
    const [a, b] = [await ask(steps).mine(), await ask(steps).theirs()];
    if (round > 0) played.push({ ours: a.seconds / steps, ...(b && { peer: b.seconds / steps }) });
    Object.assign(megabytes, { ours: a.megabytes, peer: b?.megabytes ?? null });
  }
  const name = work === "train" ? nets[net].title : `${nets[net].title}, prediction`;
  return toRow(played, { case: name, threads, oursMegabytes: megabytes.ours, peerMegabytes: megabytes.peer });
}

/** As many as take the slower side about a second. */
async function stepsOfRound({ mine, theirs }: { mine(): Promise<Answer>; theirs(): Promise<Answer> | undefined }) {
  const seconds = Math.max((await mine()).seconds, (await theirs())?.seconds ?? 0) / WARM_UP;
  return Math.max(WARM_UP, Math.min(MOST_STEPS, Math.round(ROUND / seconds)));
}
