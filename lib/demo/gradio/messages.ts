/** What a client hears about its calls, in Gradio's words (protocol sse_v3). */
export type Message =
  | { msg: "estimation"; event_id: string; rank: number; queue_size: number; rank_eta: number | null }
  | { msg: "process_starts"; event_id: string; eta: number | null }
  | { msg: "progress"; event_id: string; progress_data: ProgressUnit[] }
  | { msg: "process_generating"; event_id: string; success: true; output: Output }
  | { msg: "process_completed"; event_id: string; success: true; output: Output }
  | { msg: "process_completed"; event_id: string; success: false; output: ErrorOutput }
  | { msg: "heartbeat" }
  | { msg: "unexpected_error"; event_id: null; message: string; session_not_found: boolean; success: false }
  | { msg: "close_stream" };

export interface ProgressUnit {
  index: number;
  length: number;
  unit: "steps";
  progress: null;
  desc: string | null;
}

export interface Output {
  data: unknown[];
  is_generating: boolean;
  /** Seconds. */
  duration?: number;
  average_duration?: number;
}

export interface ErrorOutput {
  error: string;
  title: string;
  visible: true;
  /** Seconds for which a page shows it. */
  duration: number;
}

/** A message as an event of a stream: clients of Python stop at any line that does not begin so. */
export function toEvent(message: Message): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}

/** The same for readers of `/call`: the name of the event, and its data alone; undefined for what they are not told. */
export function toSimpleEvent(message: Message): string | undefined {
  switch (message.msg) {
    case "process_generating":
      return simple("generating", message.output.data);
    case "process_completed":
      return message.success ? simple("complete", message.output.data) : simple("error", message.output);
    case "unexpected_error":
      return simple("error", message.message);
    case "heartbeat":
      return simple("heartbeat", null);
    default:
      return undefined;
  }
}

function simple(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
