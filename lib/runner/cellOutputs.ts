import { toErrorOutput } from "./cellError";
import { toGivenError, toReportedError, withShortPaths } from "./errorOutputs";
import { type Cell, isRecord, type MimeBundle, type Output } from "./notebook";
import { type Records, takeRecord } from "./metrics";
import { newStreamOutput, openStream, type StreamOutput } from "./streamOutput";
import type { StreamText } from "./streamText";
import { newWidgetStates, type WidgetStates } from "./widgetStates";
import type { Message } from "./wire";

/** What the cells of one run share. */
export interface RunOutputs extends Records {
  /** The displays that can be updated from any cell, by display id. */
  displays: Map<string, DisplayOutput[]>;
  widgets: WidgetStates;
  /** The kernel's folder: paths in error messages are told from here. */
  folder: string;
}

/** Gathers the kernel's messages about one cell into its outputs, in nbformat's form. */
export interface CellOutputs {
  /** Takes a public message. */
  onMessage(message: Message): void;
  /** Turns the failure the kernel printed into an error output; `instead` stands in its place where it is given. */
  fail(instead?: Error): void;
  /** What a person watching would read last: the last printed text, or the plain form of the last display. */
  lastText(): string;
}

type DisplayOutput = Extract<Output, { output_type: "display_data" }>;

/** An empty store for one run. */
export function newRunOutputs(folder: string): RunOutputs {
  return { displays: new Map(), metrics: {}, curves: {}, widgets: newWidgetStates(), folder };
}

/** Begins to gather outputs for a cell, whose old ones go. */
export function gatherOutputs(cell: Cell, run: RunOutputs): CellOutputs {
  cell.outputs = [];
  const gathering: Gathering = { cell, run, errors: [], texts: new Map(), clearBeforeNext: false, lastText: () => "" };
  return {
    onMessage: (message) => onMessage(gathering, message),
    fail: (instead) => fail(gathering, instead),
    lastText: () => gathering.lastText(),
  };
}

/** What is known of a cell while its messages come in. */
interface Gathering {
  cell: Cell;
  run: RunOutputs;
  /** What was printed to stderr, message by message. */
  errors: { stream: StreamOutput; text: string }[];
  /** The text behind each stream. */
  texts: Map<Output, StreamText>;
  clearBeforeNext: boolean;
  lastText: () => string;
}

function onMessage(gathering: Gathering, message: Message): void {
  const { header, content } = message;
  switch (header.msg_type) {
    case "stream":
      return print(gathering, { name: String(content.name), text: String(content.text) });
    case "display_data":
      return display(gathering, content);
    case "update_display_data":
      return updateDisplays(gathering, content);
    case "execute_result":
      return add(gathering, { output_type: "execute_result", ...bundleOf(content), execution_count: null });
    case "error":
      return add(gathering, toReportedError(content));
    case "comm_open":
    case "comm_msg":
      return gathering.run.widgets.hear(message);
    case "clear_output":
      if (content.wait) gathering.clearBeforeNext = true;
      else gathering.cell.outputs.length = 0;
  }
}

function add(gathering: Gathering, output: Output): void {
  if (gathering.clearBeforeNext) gathering.cell.outputs.length = 0;
  gathering.clearBeforeNext = false;
  gathering.cell.outputs.push(output);
}

function print(gathering: Gathering, { name, text }: { name: string; text: string }): void {
  const open = gathering.clearBeforeNext ? undefined : openStream(gathering.cell.outputs, name);
  const stream = open ?? newStreamOutput(gathering.texts, name);
  if (!open) add(gathering, stream);
  const printed = gathering.texts.get(stream) as StreamText;
  printed.append(text);
  if (name === "stderr") gathering.errors.push({ stream, text });
  gathering.lastText = printed.tail;
}

function display(gathering: Gathering, content: Record<string, unknown>): void {
  const { displays } = gathering.run;
  const output: DisplayOutput = { output_type: "display_data", ...bundleOf(content) };
  const id = displayId(content);
  noteData(gathering, output.data);
  if (typeof id === "string") displays.set(id, [...(displays.get(id) ?? []), output]);
  add(gathering, output);
}

function updateDisplays(gathering: Gathering, content: Record<string, unknown>): void {
  const { data, metadata } = bundleOf(content);
  noteData(gathering, data);
  for (const shown of gathering.run.displays.get(String(displayId(content))) ?? [])
    Object.assign(shown, { data, metadata });
}

/** Takes the number a display may report, and its plain form. */
function noteData(gathering: Gathering, data: MimeBundle): void {
  takeRecord(data, gathering.run);
  const plain = data["text/plain"];
  if (typeof plain === "string") gathering.lastText = () => plain;
}

function displayId({ transient }: Record<string, unknown>): unknown {
  return isRecord(transient) ? transient.display_id : undefined;
}

function fail({ cell, run, errors }: Gathering, instead?: Error): void {
  if (!instead && cell.outputs.some((output) => output.output_type === "error")) return;
  const { output, used } = toErrorOutput(
    errors.map(({ text }) => text),
    cell.source,
  );
  const isPrinted = !instead || /interrupted/i.test(output.evalue);
  if (isPrinted) takeBack(errors.splice(errors.length - used));
  cell.outputs = cell.outputs.filter((shown) => !isEmptyStream(shown) && !isInterruption(shown));
  cell.outputs.push(instead ? toGivenError(instead) : withShortPaths(output, run.folder));
}

function isEmptyStream(shown: Output): boolean {
  return shown.output_type === "stream" && shown.text === "";
}

/** What the kernel says of a cell that it was told to interrupt. */
function isInterruption(shown: Output): boolean {
  return shown.output_type === "error" && shown.ename === "KeyboardInterrupt";
}

/** Takes what was printed last out of its streams. */
function takeBack(printed: Gathering["errors"]): void {
  for (const { stream, text } of printed.reverse())
    if (stream.text.endsWith(text)) stream.text = stream.text.slice(0, stream.text.length - text.length);
}

function bundleOf({ data, metadata }: Record<string, unknown>) {
  const bundle: MimeBundle = isRecord(data) ? data : {};
  return { data: bundle, metadata: isRecord(metadata) ? metadata : {} };
}
