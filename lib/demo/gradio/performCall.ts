import { type ReadContext, readValue } from "../components/readValue";
import { type WriteContext, writeValue } from "../components/writeValue";
import { Refused } from "../web/refused";
import type { Call, Endpoint } from "./endpoint";
import type { Message, Output } from "./messages";
import type { Outbox } from "./outbox";

/** Where values of a call come from and go to. */
export type CallContext = ReadContext & WriteContext;

/** A call that is to be performed. */
export interface Performance {
  id: string;
  /** Told of the place in the line, the start, the progress and results that are not the last. */
  outbox: Outbox<Message>;
  context: CallContext;
  signal: AbortSignal;
  /** What the work waits for, in its turn: that the client has its id, default nothing. */
  after?: Promise<void>;
}

/**
 * Waits for a call's turn, reads its values, runs its function and writes what it returns. Rejected with a Refused, or
 * with what the function throws.
 */
export function performCall(endpoint: Endpoint, data: unknown[], performance: Performance): Promise<Output> {
  const { id, outbox, context, signal, after } = performance;
  const started = Date.now();
  const of = (msg: Message["msg"]) => (unread: Message) =>
    unread.msg === msg && "event_id" in unread && unread.event_id === id;

  const work = async (running: AbortSignal): Promise<Output> => {
    await after;
    const { inputs, outputs } = endpoint;
    checkCount(endpoint, data);
    const values = await Promise.all(inputs.map((input, place) => readValue(input, data[place], context)));
    running.throwIfAborted();
    const write = (results: unknown[]) =>
      Promise.all(outputs.map((output, place) => writeValue(output, results[place], context)));
    const returned = endpoint.run(values, { signal: running, progress: newProgress(performance, of("progress")) });
    if (!(Symbol.asyncIterator in returned)) return toOutput(await write(await returned), started);
    const tell = newPartialTeller(performance, of("process_generating"));
    let written: unknown[] = [];
    for await (const results of returned) {
      running.throwIfAborted();
      written = await write(results);
      tell(written);
    }
    return toOutput(written, started);
  };

  return endpoint.queue.run(work, {
    signal,
    onStart: () => outbox.push({ msg: "process_starts", event_id: id, eta: null }),
    onPlace: ({ rank, waiting, seconds = null }) =>
      outbox.replace(of("estimation"), () => ({
        ...{ msg: "estimation", event_id: id, rank, queue_size: waiting, rank_eta: seconds },
      })),
  });
}

/** Throws a Refused with status 400 when the number of values is not that of the inputs. */
export function checkCount({ name, inputs }: Endpoint, data: unknown[]): void {
  if (data.length === inputs.length) return;
  const message = `/${name} was given ${data.length} values; it takes ${inputs.length}: ${inputs.map((input) => input.name).join(", ")}.`;
  throw new Refused(400, "wrong_count", message);
}

type Finder = (unread: Message) => boolean;

function newProgress({ id, outbox }: Performance, outdated: Finder): Call["progress"] {
  return (index, length, desc) => {
    const unit = { index, length, unit: "steps", progress: null, desc: desc ?? null } as const;
    outbox.replace(outdated, () => ({ msg: "progress", event_id: id, progress_data: [unit] }));
  };
}

/** Clients put the first partial result in place, and of later ones what has changed: all of it. */
function newPartialTeller({ id, outbox }: Performance, outdated: Finder): (results: unknown[]) => void {
  let [told, first] = [false, true];
  return (results) =>
    outbox.replace(outdated, (unread) => {
      if (told && !unread) first = false;
      told = true;
      const data = first ? results : results.map((value) => [["replace", [], value]]);
      return { msg: "process_generating", event_id: id, success: true, output: { data, is_generating: true } };
    });
}

function toOutput(data: unknown[], started: number): Output {
  return { data, is_generating: false, duration: (Date.now() - started) / 1000 };
}
