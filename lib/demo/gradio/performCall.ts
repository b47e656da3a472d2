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
  /** Called with the place in the line, the start, the progress and results that are not the last. */
  outbox: Outbox<Message>;
  context: CallContext;
  signal: AbortSignal;
  /** What the work waits for, in its turn: that the client has its id, default nothing. */
  after?: Promise<void>;
}

/** What a call has come to. */
export interface Answer {
  output: Output;
  /** What it takes up until it is read, about. */
  bytes: number;
}

/**
 * Waits for a call's turn, reads its values, runs its function and writes what it returns. Rejected with a Refused, or
 * with what the function throws.
 */
export function performCall(endpoint: Endpoint, data: unknown[], asked: Performance): Promise<Answer> {
  const { id, outbox, context, signal, after } = asked;
  const started = Date.now();
  const of = (msg: Message["msg"]) => (unread: Message) =>
    unread.msg === msg && "event_id" in unread && unread.event_id === id;

  let isOver = false;

  const work = async (running: AbortSignal): Promise<Answer> => {
    await after;
    const { inputs, outputs, takesFiles } = endpoint;
    checkCount(endpoint, data);
    const read = { ...context, takesFiles };
    const values = await Promise.all(inputs.map((input, place) => readValue(input, data[place], read)));
    running.throwIfAborted();
    const write = async (results: unknown[]) =>
      writable(await Promise.all(outputs.map((output, place) => writeValue(output, results[place], context))));
    const sendProgress = newProgress(asked, of("progress"));
    const progress: Call["progress"] = (...step) => void (isOver || running.aborted || sendProgress(...step));
    const returned = endpoint.run(values, { signal: running, progress });
    if (!(Symbol.asyncIterator in returned)) return toAnswer(await write(await returned), started);
    const sendPartial = newPartialSender(asked, of("process_generating"));
    const breathe = newBreather();
    let written: Written | undefined;
    for await (const results of returned) {
      await breathe();
      running.throwIfAborted();
      written = await write(results);
      sendPartial(written.data);
    }
    return toAnswer(written ?? (await write(outputs.map(() => null))), started);
  };

  const answer = endpoint.queue.run(work, {
    signal,
    onStart: () => outbox.push({ msg: "process_starts", event_id: id, eta: null }),
    onPlace: ({ rank, waiting, seconds = null }) =>
      outbox.replace(of("estimation"), () => ({
        ...{ msg: "estimation", event_id: id, rank, queue_size: waiting, rank_eta: seconds },
      })),
  });
  return answer.finally(() => (isOver = true));
}

/** Throws a Refused with status 400 when the number of values is not that of the inputs. */
export function checkCount({ name, inputs }: Endpoint, data: unknown[]): void {
  if (data.length === inputs.length) return;
  const message = `/${name} was given ${data.length} values; it takes ${inputs.length}: ${inputs.map((input) => input.name).join(", ")}.`;
  throw new Refused(400, "wrong_count", message);
}

type Finder = (unread: Message) => boolean;

function newProgress({ id, outbox }: Performance, outdated: Finder): Call["progress"] {
  return (done, total, description) => {
    const desc = description === undefined ? null : String(description);
    const unit = { index: Number(done), length: Number(total), unit: "steps", progress: null, desc } as const;
    outbox.replace(outdated, () => ({ msg: "progress", event_id: id, progress_data: [unit] }));
  };
}

/** Clients put the first partial result in place, and of later ones what has changed: all of it. */
function newPartialSender({ id, outbox }: Performance, outdated: Finder): (results: unknown[]) => void {
  let [sent, first] = [false, true];
  return (results) =>
    outbox.replace(outdated, (unread) => {
      if (sent && !unread) first = false;
      sent = true;
      const data = first ? results : results.map((value) => [["replace", [], value]]);
      return { msg: "process_generating", event_id: id, success: true, output: { data, is_generating: true } };
    });
}

/** Milliseconds for which a generator may hold everything up. */
const BREATH = 20;

/** Lets others have their turn now and then: a generator that never waits would not even let its time run out. */
function newBreather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH) return;
    await new Promise((resolve) => setImmediate(resolve));
    last = performance.now();
  };
}

/** Values as they are sent. */
interface Written {
  data: unknown[];
  /** What they take up, about. */
  bytes: number;
}

/** Throws a TypeError for what JSON cannot hold. */
function writable(data: unknown[]): Written {
  try {
    return { data, bytes: JSON.stringify(data).length };
  } catch (cause) {
    throw new TypeError(`What the function returned cannot be sent as JSON: ${(cause as Error).message}`, { cause });
  }
}

function toAnswer({ data, bytes }: Written, started: number): Answer {
  return { output: { data, is_generating: false, duration: (Date.now() - started) / 1000 }, bytes };
}
