import * as http from "node:http";
import { formatTable } from "../../lib/runner/history";
import { bear } from "../demo/load";
import { newAsker } from "../demo/load";
import { makePictures } from "../demo/pictures";
import { median, spreadOf } from "../statistics";
import { coresOf, memoryOf } from "./memoryOf";
import { type Crew, type RunningDemo, startDemo } from "./startDemo";

/** What is measured, and how long. */
export interface ThroughputOptions {
  /** Numbers of workers, each measured on its own. */
  workers: number[];
  rounds: number;
  /** Seconds of a turn. */
  seconds: number;
  /** Requests under way at a time. */
  clients: number;
  log: (line: string) => void;
  signal: AbortSignal;
}

type Kind = "pictures, JSON" | "pictures, queue" | "recommendations";

/** How a load was borne. */
interface Borne {
  perSecond: number;
  /** Milliseconds of a processor core for each request: of the server, and of its worker processes together. */
  server: number;
  workers: number;
}

/** Of each round, by what was asked and who answered. */
type Loads = Map<Kind, Borne[][]>;

/** Has the same load answered by turns: by the server alone, by processes and by threads. While one is asked the others sleep. */
export async function measureThroughput(options: ThroughputOptions): Promise<string> {
  const { workers, rounds, log, signal } = options;
  const crews: Crew[] = [{ kind: "alone", count: 0 }];
  for (const count of workers) crews.push({ kind: "processes", count }, { kind: "threads", count });
  const demos: RunningDemo[] = [];
  try {
    for (const crew of crews) {
      signal.throwIfAborted();
      demos.push(await startDemo(crew));
      log(`${nameOf(crew)}: serves after ${demos.at(-1)!.startUp.toFixed(1)} s`);
    }
    const loads: Loads = new Map();
    for (let round = 0; round <= rounds; round++)
      for (const [kind, ask] of await kindsOf(options)) {
        const turn: Borne[] = [];
        for (const demo of demos) {
          signal.throwIfAborted();
          turn.push(await bearLoad(demo, ask));
        }
        if (round > 0) loads.set(kind, [...(loads.get(kind) ?? []), turn]); // the first warms up
        log(`${kind}: ${turn.map(({ perSecond }) => perSecond.toFixed(0)).join(", ")} a second`);
      }
    return report(demos, loads);
  } finally {
    await Promise.all(demos.map(({ stop }) => stop()));
  }
}

type Ask = (url: string) => Promise<{ answered: number; seconds: number }>;

async function bearLoad({ url, pid }: RunningDemo, ask: Ask): Promise<Borne> {
  const before = coresOf(pid);
  const { answered, seconds } = await ask(url);
  const after = coresOf(pid);
  const perRequest = (who: "server" | "workers") => (1000 * (after[who] - before[who])) / answered;
  return { perSecond: answered / seconds, server: perRequest("server"), workers: perRequest("workers") };
}

async function kindsOf({ seconds, clients }: ThroughputOptions): Promise<[Kind, Ask][]> {
  const pictures = await makePictures();
  const load = { clients, seconds, pictures };
  return [
    ["pictures, JSON", (url) => bear({ ...load, url, way: "json" })],
    ["pictures, queue", (url) => bear({ ...load, url, way: "queued" })],
    ["recommendations", (url) => recommend(url, { seconds, clients })],
  ];
}

/** Recommendations for all users in turn. */
async function recommend(url: string, { seconds, clients }: { seconds: number; clients: number }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const ask = newAsker(url, agent);
  const started = performance.now();
  let answered = 0;
  const client = async () => {
    while (performance.now() - started < 1000 * seconds) await ask(`api/recommend?user=${answered++ % 800}&count=5`);
  };
  await Promise.all(Array.from({ length: clients }, client));
  const spent = (performance.now() - started) / 1000;
  agent.destroy();
  return { answered, seconds: spent };
}

function report(demos: RunningDemo[], loads: Loads): string {
  const speed = [...loads].flatMap(([kind, rounds]) =>
    demos.map(({ crew }, place) => {
      const { ratio, low, high } = spreadOf(rounds.map((turn) => turn[place].perSecond / turn[0].perSecond));
      const of = (name: keyof Borne) => median(rounds.map((turn) => turn[place][name]));
      const cores = [of("server").toFixed(2), crew.kind === "processes" ? of("workers").toFixed(2) : ""];
      const spread = place === 0 ? ["", ""] : [ratio.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`];
      return [kind, nameOf(crew), of("perSecond").toFixed(0), ...spread, ...cores];
    }),
  );
  const memory = demos.map(({ crew, pid, startUp }) => {
    const [server, ...workers] = memoryOf(pid).map(({ proportional }) => proportional);
    const all = workers.reduce((sum, one) => sum + one, server);
    const cost = crew.kind === "processes" ? workers.map((one) => one.toFixed(0)).join(", ") : "";
    return [nameOf(crew), startUp.toFixed(1), all.toFixed(0), server.toFixed(0), cost];
  });
  return [
    formatTable([
      ["asked for", "who answers", "a second", "ratio to alone", "lowest to highest", "ms of a core", "of workers"],
      ...speed,
    ]),
    formatTable([["who answers", "start (s)", "memory (MB)", "of the server", "of the workers"], ...memory]),
  ].join("\n\n");
}

function nameOf({ kind, count }: Crew): string {
  return kind === "alone"
    ? "the server alone"
    : `${count} ${count === 1 ? kind.replace(/(?<=process)es$|s$/, "") : kind}`;
}
