/// <reference lib="dom" />
import type { ErrorOutput, Message } from "../../gradio/messages";
import { smallEnough } from "../../page/browser/smallEnough";

/** What is known about a call. */
export interface CallListener {
  /** A sentence on how it is getting on, and how far it is, from 0 to 1, where that is known. */
  onState(sentence: string, share?: number): void;
  /** Values of the outputs; more than once where the function returns several. */
  onData(values: unknown[]): void;
}

const PREFIX = "/gradio_api";

/**
 * Calls an endpoint by Gradio's protocol, uploading files first.
 *
 * @returns when the call has ended
 * @param signal - ends the call wherever it is; the promise is then rejected with the signal's reason
 * @throws Error with a sentence for people when it is refused, fails or is cut off
 */
export async function callEndpoint(
  index: number,
  values: unknown[],
  listener: CallListener,
  signal: AbortSignal,
): Promise<void> {
  const data = await Promise.all(values.map((value) => (value instanceof File ? upload(value, signal) : value)));
  signal.throwIfAborted();
  const session = crypto.getRandomValues(new Uint32Array(2)).join("");
  const body = JSON.stringify({ data, fn_index: index, session_hash: session });
  const { event_id: id } = (await send("/queue/join", body)) as { event_id: string };
  if (signal.aborted) await send("/cancel", JSON.stringify({ event_id: id, fn_index: index, session_hash: session }));
  signal.throwIfAborted();
  return follow(session, listener, signal);
}

async function upload(file: File, signal: AbortSignal): Promise<object> {
  const form = new FormData();
  form.append("files", await smallEnough(file), file.name);
  const [path] = (await send("/upload", form, signal)) as string[];
  return { path, orig_name: file.name, meta: { _type: "gradio.FileData" } };
}

async function send(path: string, body: string | FormData, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(`${PREFIX}${path}`, { method: "POST", body, signal }).catch(() => {
    signal?.throwIfAborted();
    throw new Error("The server does not answer; is it still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.detail ?? answer.error?.message ?? `The server answered with status ${response.status}.`);
}

/** The stream of messages; closing it cancels the call. */
function follow(session: string, { onState, onData }: CallListener, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`${PREFIX}/queue/data?session_hash=${session}`);
    const end = (error?: Error) => {
      source.close();
      if (error) reject(error);
      else resolve();
    };
    signal.addEventListener("abort", () => end(signal.reason));
    source.onerror = () => end(new Error("The connection to the server broke off; is it still running?"));
    let shown: unknown[] | undefined;
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as Message;
      if (message.msg === "estimation") onState(waitingSentence(message.rank, message.rank_eta));
      if (message.msg === "process_starts") onState("Running …");
      if (message.msg === "progress") {
        const { index, length, desc } = message.progress_data[0];
        onState(desc ? `${desc[0].toUpperCase()}${desc.slice(1)} …` : "Running …", index / length);
      }
      if (message.msg === "process_generating") {
        const { data: values } = message.output;
        shown = shown ? values.map((changes) => (changes as unknown[][])[0][2]) : values;
        onData(shown);
      }
      if (message.msg === "unexpected_error") end(new Error(message.message));
      if (message.msg !== "process_completed") return;
      if (message.success) onData(message.output.data);
      end(message.success ? undefined : new Error((message.output as ErrorOutput).error));
    };
  });
}

function waitingSentence(rank: number, seconds: number | null): string {
  const left = seconds === null ? "" : `, about ${Math.max(1, Math.round(seconds))} s`;
  return rank === 0 ? `Next in line${left} …` : `Waiting, ${rank} before this one${left} …`;
}
