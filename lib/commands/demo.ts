import { buildPage } from "../demo/page/buildPage";
import { serve } from "../demo/serve";
import type { Server } from "../demo/server";
import { isLoopback } from "../demo/web/guard";
import { streamProgress } from "../runner/progress";
import { duration } from "../text";
import { abortOnInterrupt } from "./abortOnInterrupt";
import type { DemoAsked, Served } from "./demoAsked";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run demo [-- [--port N] [--host H] [--quick] [--workers N] [--rate N] …]

Serves the demo: classify a picture, recommend items, forecast sales, on a page and on Gradio's protocol. It uses the
models of earlier runs and trains quick ones where there are none. Ctrl-C ends it.

  --port N       listens there; default 7860, or any free one where that is taken
  --host H       listens on another address; default 127.0.0.1, which only this machine can reach
  --name NAME    a name by which others call this server, as demo.example.org; may be given several times
  --quick        trains for a moment only where there are no models: the answers mean nothing
  --workers N    lets N processes answer behind the port, with /healthz, /readyz and /metrics; SIGHUP replaces them one by
                 one, and what is open ends first: see docs/demo.md
  --rate N       answers N requests a second of one address in the long run, others with status 429; default: all
  --trust-proxy  takes a client's address and protocol from X-Forwarded-For and X-Forwarded-Proto: only behind a proxy of
                 your own, which sets them`;

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  name: { type: "string", multiple: true, default: [] as string[] },
  quick: { type: "boolean", default: false },
  workers: { type: "string" },
  rate: { type: "string" },
  "trust-proxy": { type: "boolean", default: false },
} as const;

/** Gradio's own. */
const USUAL_PORT = 7860;

/** Processes, at most: beyond it is a typing error. */
const MOST_WORKERS = 64;

/** `npm run demo`: the models of the lessons in the browser. */
export async function demo(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const port = values.port === undefined ? undefined : portOf(values.port);
  const workers = values.workers === undefined ? undefined : workersOf(values.workers);
  const rate = values.rate === undefined ? undefined : rateOf(values.rate);
  const { host, quick } = values;
  const signal = abortOnInterrupt();
  const { log, status } = streamProgress(process.stderr);
  const onProgress: DemoAsked["onProgress"] = ({ what, done, total }) =>
    status?.(`${what}: ${Math.round((100 * done) / total)} %`);
  const asked = {
    hosts: [host, ...values.name],
    quick,
    rate,
    trustProxy: values["trust-proxy"],
    log,
    onProgress,
    signal,
  };
  let served: Served | undefined;
  try {
    const page = buildPage();
    page.catch(() => {}); // heard below
    served =
      workers === undefined
        ? await (await import("./demoAlone")).serveAlone(asked, page)
        : await (await import("./demoTeam")).serveByTeam({ ...asked, workers }, page);
    const { app, drain } = served;
    const server = await open((given) => serve(app, { port: given, host, ownProcess: true }), port);
    if (!isLoopback(host)) log(`Whoever reaches ${host} over the network can use this server.`);
    log(`Ready after ${duration(performance.now())}; Ctrl-C ends it.`);
    console.log(`open ${server.url}`);
    const end = () => server.close(drain());
    signal.addEventListener("abort", () => void end());
    if (signal.aborted) await end();
    await server.closed();
    return 0;
  } catch (error) {
    if (!signal.aborted && !(error as Error).message.startsWith("serve()")) throw error;
    console.error((error as Error).message);
    return 1;
  } finally {
    await served?.close();
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port is "${text}"; give a whole number from 1 to 65535, or 0 for any free port`);
}

function workersOf(text: string): number {
  if (/^[1-9]\d?$/.test(text) && Number(text) <= MOST_WORKERS) return Number(text);
  throw new UsageError(`--workers is "${text}"; give a whole number from 1 to ${MOST_WORKERS}`);
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text) && rate > 0) return rate;
  throw new UsageError(`--rate is "${text}"; give a number of requests a second above 0, as in 5 or 0.5`);
}

/** On the port that was asked for; without one on the usual one, or any free one where that is taken. */
async function open(on: (port: number) => Promise<Server>, port?: number): Promise<Server> {
  if (port !== undefined) return on(port);
  return on(USUAL_PORT).catch(() => on(0));
}
