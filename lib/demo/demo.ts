import type { Picture } from "./components/component";
import {
  type ArgumentsOf,
  type InputSpec,
  type OutputSpec,
  type ResultOf,
  toInputs,
  toOutputs,
} from "./components/specs";
import { addDocs } from "./docs/addDocs";
import { buildForm } from "./form/buildForm";
import { exampleAddress } from "./form/exampleAddress";
import type { FormDescription } from "./form/formDescription";
import type { FrameBundle } from "./form/frame";
import { frameBundle } from "./form/frameBundle";
import type { Call, Endpoint } from "./gradio/endpoint";
import { gradioRoutes } from "./gradio/routes";
import { serve } from "./serve";
import type { Server } from "./server";
import { LIMITS, type Limits } from "./web/limits";
import { newBodyReader } from "./web/readBody";
import { Refused, toError } from "./web/refused";
import { newWebApp } from "./web/webApp";
import { newQueue } from "./work/queue";

/** A function and what goes in and out of it, in the shape of Gradio's `Interface`. */
export interface DemoOptions<Inputs extends readonly InputSpec[], Outputs extends readonly OutputSpec[]> {
  /**
   * Gets a value for each input, and then the call it serves, to tell its progress and hear of its end. It returns the
   * value of the output, of several a list; a generator's values are shown as they come. A RangeError that it throws is
   * shown as a refusal.
   */
  fn: (...values: ArgumentsOf<Inputs>) => Returned<ResultOf<Outputs>>;
  inputs: Inputs;
  outputs: Outputs;
  /** Values to try, one for each input in each row; pictures as levels, photos or files. Default none. */
  examples?: readonly (readonly unknown[])[];
  /** Default "Demo". Asked again with the same title, the earlier demo gives way. */
  title?: string;
  /** A sentence under the title. */
  description?: string;
  /** By which clients call the function, default "predict". */
  name?: string;
  /** Calls that run at the same time, default 1. */
  concurrency?: number;
  /** Default 0, any free one. */
  port?: number;
  /** Default 127.0.0.1: only this machine can reach it. */
  host?: string;
  /** Of the frame within a notebook, in pixels; default 560. */
  height?: number;
  limits?: Partial<Limits>;
  /** Called for each fault, default console.error. */
  log?: (line: string) => void;
}

type Returned<Result> = Result | Promise<Result> | Generator<Result, void> | AsyncGenerator<Result, void>;

/** A function that is served. A notebook shows its page where the value ends a cell. */
export interface Demo {
  /** Where the page is, with a slash at the end. */
  url: string;
  /** Stops it; what runs is aborted. */
  close(): Promise<void>;
  /** Resolves when the demo has stopped; Ctrl-C, in a notebook Interrupt, stops it while somebody waits here. */
  untilStopped(): Promise<void>;
  /** The page as an output of a notebook, by MIME type. */
  bundle(): FrameBundle;
}

/**
 * Serves a function on a page of its own and by Gradio's protocol, until it is closed, asked for again or the process
 * ends.
 *
 * @throws Error when the port cannot be had
 */
export async function demo<const Inputs extends readonly InputSpec[], const Outputs extends readonly OutputSpec[]>(
  options: DemoOptions<Inputs, Outputs>,
): Promise<Demo> {
  const { title = "Demo", port = 0, host = "127.0.0.1", height = 560, log = console.error } = options;
  const limits = { ...LIMITS, ...options.limits };
  const endpoint = toEndpoint(options, limits);
  const form = await describeForm(endpoint, { title, description: "", examples: [], ...options });
  const bodies = newBodyReader(limits);
  const app = newWebApp({ page: await buildForm(), limits, bodies, hosts: [host], log });
  app.get("/form", (context) => context.json(form));
  app.route("/", gradioRoutes([endpoint], { title, limits, bodies, log }));
  addDocs(app, { title, endpoints: [endpoint] });
  const { connections, callTime } = limits;
  const idleTime = Math.max(60_000, 2 * callTime);
  const server = await serve(app, { port, host, connections, idleTime, name: title, onClose: endpoint.queue.close });
  const bundle = () => frameBundle(server.url, { title, height });
  const made: Demo = { url: server.url, close: server.close, bundle, untilStopped: () => untilStopped(server) };
  return Object.defineProperty(made, Symbol.for("Jupyter.display"), { value: bundle });
}

/** The function as an endpoint: its result is put into a list where it has one output alone. */
function toEndpoint<Inputs extends readonly InputSpec[], Outputs extends readonly OutputSpec[]>(
  { fn, inputs, outputs, name = "predict", description = "", concurrency = 1 }: DemoOptions<Inputs, Outputs>,
  limits: Limits,
): Endpoint {
  const asList = (result: unknown) => toList(result, outputs.length);
  const apply = fn as (...values: unknown[]) => Returned<unknown>;
  return {
    ...{ name, description, inputs: toInputs(inputs), outputs: toOutputs(outputs) },
    queue: newQueue({ running: concurrency, waiting: limits.waiting, time: limits.callTime }),
    run(values: unknown[], call: Call) {
      const returned = orRefusedNow(() => apply(...values, call));
      return isGenerator(returned) ? listsOf(returned, asList) : Promise.resolve(returned).then(asList, refuse);
    },
  };
}

/** Throws a TypeError where there is not a value for each output. */
function toList(result: unknown, outputs: number): unknown[] {
  if (outputs === 1) return [result];
  if (outputs === 0) return [];
  if (Array.isArray(result) && result.length === outputs) return result;
  const found = Array.isArray(result) ? `a list of ${result.length}` : typeof result;
  throw new TypeError(`The function returned ${found}; a list of ${outputs} values is wanted, one for each output.`);
}

function orRefusedNow<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    return refuse(error);
  }
}

type Results = AsyncGenerator<unknown, void> | Generator<unknown, void>;

async function* listsOf(results: Results, asList: (result: unknown) => unknown[]) {
  try {
    for await (const result of results) yield asList(result);
  } catch (error) {
    refuse(error);
  }
}

/** A RangeError is how a function says no; anything else is a fault. */
function refuse(error: unknown): never {
  throw error instanceof RangeError ? new Refused(400, "refused", error.message) : toError(error);
}

function isGenerator(value: unknown): value is Results {
  if (typeof value !== "object" || value === null) return false;
  return Symbol.asyncIterator in value || (Symbol.iterator in value && "next" in value);
}

type FormOptions = Required<Pick<FormDescription, "title" | "description">> & {
  examples: readonly (readonly unknown[])[];
};

async function describeForm({ name, inputs, outputs }: Endpoint, options: FormOptions): Promise<FormDescription> {
  const { title, description } = options;
  const toSend = (value: unknown, place: number) =>
    inputs[place]?.type === "image" ? exampleAddress(value as Picture) : value;
  const examples = await Promise.all(options.examples.map((row) => Promise.all(row.map(toSend))));
  return { title, description, name, inputs, outputs, examples };
}

function untilStopped({ closed, close }: Server): Promise<void> {
  const interrupt = () => void close();
  process.once("SIGINT", interrupt);
  return closed().finally(() => process.removeListener("SIGINT", interrupt));
}
