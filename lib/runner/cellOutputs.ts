import { sep } from "path";
import { shownNumber } from "../text";
import { type ErrorOutput, toErrorOutput } from "./cellError";
import { type Cell, isRecord, type MimeBundle, type Output } from "./notebook";
import { newStreamText, type StreamText } from "./streamText";
import type { Message } from "./wire";

/** The MIME type by which a lesson reports a number: `{ "name": string, "value": number | string | boolean }`. */
export const RECORD_TYPE = "application/vnd.atelier.record+json";

/** A value a lesson reports. */
export type Metric = number | string | boolean;

/** A recorded value for people. */
export function shownMetric(value: Metric): string {
  return typeof value === "number" ? shownNumber(value) : String(value);
}

/** What the cells of one run share. */
export interface RunOutputs {
  /** The displays that can be updated from any cell, by display id. */
  displays: Map<string, DisplayOutput[]>;
  /** The reported values; the last one of a name wins. */
  metrics: Record<string, Metric>;
  /** The kernel's folder: paths in error messages are told from here. */
  folder: string;
}

/** Gathers the kernel's messages about one cell into its outputs, in nbformat's form. */
export interface CellOutputs {
  /** Takes a public message. */
  hear(message: Message): void;
  /** Turns the failure the kernel printed into an error output; `instead` stands in its place where it is given. */
  fail(instead?: Error): void;
  /** What a person watching would read last: the last printed text, or the plain form of the last display. */
  lastText(): string;
}

type DisplayOutput = Extract<Output, { output_type: "display_data" }>;
type StreamOutput = Extract<Output, { output_type: "stream" }>;

/** An empty store for one run. */
export function newRunOutputs(folder: string): RunOutputs {
  return { displays: new Map(), metrics: {}, folder };
}

/** Begins to gather outputs for a cell, whose old ones go. */
export function gatherOutputs(cell: Cell, run: RunOutputs): CellOutputs {
  cell.outputs = [];
  const errors: { stream: StreamOutput; text: string }[] = [];
  const texts = new Map<Output, StreamText>();
  let clearBeforeNext = false;
  let lastText = () => "";

  const add = (output: Output) => {
    if (clearBeforeNext) cell.outputs.length = 0;
    clearBeforeNext = false;
    cell.outputs.push(output);
  };
  const newStream = (name: string): StreamOutput => {
    let printed = newStreamText();
    const stream: StreamOutput = {
      output_type: "stream",
      name,
      get text() {
        return printed.text();
      },
      set text(text) {
        printed = newStreamText(text);
        texts.set(stream, printed);
      },
    };
    texts.set(stream, printed);
    return stream;
  };
  const print = ({ name, text }: { name: string; text: string }) => {
    const open = clearBeforeNext ? undefined : openStream(cell.outputs, name);
    const stream = open ?? newStream(name);
    if (!open) add(stream);
    const printed = texts.get(stream) as StreamText;
    printed.append(text);
    if (name === "stderr") errors.push({ stream, text });
    lastText = printed.tail;
  };
  const display = (content: Record<string, unknown>, type: string) => {
    const data = toBundle(content.data);
    const metadata = isRecord(content.metadata) ? content.metadata : {};
    const id = isRecord(content.transient) ? content.transient.display_id : undefined;
    takeRecord(data, run.metrics);
    const plain = data["text/plain"];
    if (typeof plain === "string") lastText = () => plain;
    if (type === "update_display_data") {
      for (const shown of run.displays.get(String(id)) ?? []) Object.assign(shown, { data, metadata });
      return;
    }
    const output: DisplayOutput = { output_type: "display_data", data, metadata };
    if (typeof id === "string") run.displays.set(id, [...(run.displays.get(id) ?? []), output]);
    add(output);
  };

  return {
    hear({ header, content }) {
      switch (header.msg_type) {
        case "stream":
          return print({ name: String(content.name), text: String(content.text) });
        case "display_data":
        case "update_display_data":
          return display(content, header.msg_type);
        case "execute_result": {
          const metadata = isRecord(content.metadata) ? content.metadata : {};
          return add({ output_type: "execute_result", data: toBundle(content.data), metadata, execution_count: null });
        }
        case "error":
          return add(toReportedError(content));
        case "clear_output":
          if (content.wait) clearBeforeNext = true;
          else cell.outputs.length = 0;
      }
    },
    fail(instead) {
      if (!instead && cell.outputs.some((output) => output.output_type === "error")) return;
      const { output, used } = toErrorOutput(
        errors.map(({ text }) => text),
        cell.source,
      );
      const isPrinted = !instead || /interrupted/i.test(output.evalue);
      for (const { stream, text } of isPrinted ? errors.splice(errors.length - used).reverse() : [])
        if (stream.text.endsWith(text)) stream.text = stream.text.slice(0, stream.text.length - text.length);
      cell.outputs = cell.outputs.filter((shown) => shown.output_type !== "stream" || shown.text !== "");
      cell.outputs.push(instead ? toGivenError(instead) : withShortPaths(output, run.folder));
    },
    lastText: () => lastText(),
  };
}

/** The stream of this name at the end of the outputs, with nothing but other streams after it. */
function openStream(outputs: Output[], name: string): StreamOutput | undefined {
  for (let index = outputs.length - 1; index >= 0; index--) {
    const output = outputs[index];
    if (output.output_type !== "stream") return undefined;
    if (output.name === name) return output;
  }
  return undefined;
}

function takeRecord(data: MimeBundle, metrics: Record<string, Metric>): void {
  const record = data[RECORD_TYPE];
  if (!isRecord(record) || typeof record.name !== "string") return;
  const { name, value } = record;
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") metrics[name] = value;
}

function toBundle(data: unknown): MimeBundle {
  return isRecord(data) ? data : {};
}

function toReportedError({ ename, evalue, traceback }: Record<string, unknown>): Output {
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  return { output_type: "error", ename: String(ename), evalue: String(evalue), traceback: lines };
}

function toGivenError({ name, message }: Error): Output {
  const traceback = message.split("\n");
  return { output_type: "error", ename: name, evalue: traceback[0], traceback };
}

/** An error whose stack tells nothing of where on this machine the project lies. */
function withShortPaths(error: ErrorOutput, folder: string): ErrorOutput {
  const shorten = (line: string) =>
    line.replaceAll(folder + sep, `.${sep}`).replace(/(?:file:\/\/)?[^\s()]*[\\/](?=node_modules[\\/])/g, "");
  return { ...error, traceback: error.traceback.map(shorten) };
}
