import { buildApp } from "../demo/app";
import { loadServices } from "../demo/models/loadServices";
import { buildPage } from "../demo/page/buildPage";
import { serve, type Server } from "../demo/serve";
import { isLoopback } from "../demo/web/guard";
import { streamProgress } from "../runner/progress";
import { duration } from "../text";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run demo [-- [--port N] [--host H] [--quick]]

Serves the demo: classify a picture, recommend items, forecast sales, on a page and on Gradio's protocol. It uses the
models of earlier runs and trains quick ones where there are none. Ctrl-C ends it.

  --port N   listens there; default 7860, or any free one where that is taken
  --host H   listens on another address; default 127.0.0.1, which only this machine can reach
  --quick    trains for a moment only where there are no models: the answers mean nothing`;

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  quick: { type: "boolean", default: false },
} as const;

/** Gradio's own. */
const USUAL_PORT = 7860;

/** `npm run demo`: the models of the lessons in the browser. */
export async function demo(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const port = values.port === undefined ? undefined : portOf(values.port);
  const signal = abortOnInterrupt();
  const { log, status } = streamProgress(process.stderr);
  const onProgress = ({ what, done, total }: { what: string; done: number; total: number }) =>
    status?.(`${what}: ${Math.round((100 * done) / total)} %`);
  try {
    const [services, page] = await Promise.all([
      loadServices({ quick: values.quick, log, onProgress, signal }),
      buildPage(),
    ]);
    const app = buildApp(services, { page, hosts: [values.host] });
    const server = await open((given) => serve(app, { port: given, host: values.host, ownProcess: true }), port);
    if (!isLoopback(values.host)) log(`Whoever reaches ${values.host} over the network can use this server.`);
    log(`Ready after ${duration(performance.now())}; Ctrl-C ends it.`);
    console.log(`open ${server.url}`);
    signal.addEventListener("abort", () => void server.close());
    if (signal.aborted) await server.close();
    await server.closed();
    return 0;
  } catch (error) {
    if (!signal.aborted && !(error as Error).message.startsWith("serve()")) throw error;
    console.error((error as Error).message);
    return 1;
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port is "${text}"; give a whole number from 1 to 65535, or 0 for any free port`);
}

/** On the port that was asked for; without one on the usual one, or any free one where that is taken. */
async function open(on: (port: number) => Promise<Server>, port?: number): Promise<Server> {
  if (port !== undefined) return on(port);
  return on(USUAL_PORT).catch(() => on(0));
}
