import type { Metric } from "../../runner/metrics";
import type { FinishedRow } from "./finishedRows";
import { bytesField, doubleField, floatField, varintField } from "./protobufFields";
import { toTFRecord } from "./toTFRecord";

const [DT_FLOAT, DT_STRING] = [1, 7]; // types of a TensorProto
const CLASS_OF_TENSORS = 2; // the DataClass of summaries that are no scalars
const SUCCESS = 1; // the Status of a session

/**
 * The event file of one row, in the format of TensorBoard 2 (`event.proto`, `summary.proto`, the plugin's `plugin_data.proto`).
 * Recorded numbers are scalars at step 0, in 32 bits, those of curves at the number of their epoch. Recorded texts and booleans are text. The parameters are hyperparameters
 * of the HParams plugin; one that is neither a number, a text nor a boolean is given as JSON.
 */
export function tensorBoardEvents({ parameters, metrics, curves, started, ended }: FinishedRow): Buffer {
  const [start, end] = [started / 1000, ended / 1000];
  const hparams = Object.entries(parameters).map(([name, value]) => hyperparameter(name, value));
  const startInfo = bytesField(3, [...hparams, doubleField(5, start)]);
  const endInfo = bytesField(4, [varintField(1, SUCCESS), doubleField(2, end)]);
  const recorded = Object.entries(metrics).map(([name, value]) => recordedValue(name, value));
  return Buffer.concat([
    event(start, bytesField(3, "brain.Event:2")),
    event(start, summary([sessionValue("session_start_info", startInfo)])),
    event(end, summary(recorded)),
    ...epochs(curves).map(({ step, values }) => event(end, step, summary(values))),
    event(end, summary([sessionValue("session_end_info", endInfo)])),
  ]);
}

function event(seconds: number, ...content: Buffer[]): Buffer {
  return toTFRecord(Buffer.concat([doubleField(1, seconds), ...content]));
}

/** The values of each epoch, and the field that holds its number. */
function epochs(curves: FinishedRow["curves"]): { step: Buffer; values: Buffer[][] }[] {
  const longest = Math.max(0, ...Object.values(curves).map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => {
    const reached = Object.entries(curves).filter(([, { length }]) => index < length);
    const values = reached.map(([name, { [index]: value }]) => recordedValue(name, value));
    return { step: varintField(2, index + 1), values };
  });
}

function summary(values: Buffer[][]): Buffer {
  const fields = values.map((value) => bytesField(1, value));
  return bytesField(5, fields);
}

function recordedValue(name: string, value: Metric): Buffer[] {
  if (typeof value === "number") return [bytesField(1, name), floatField(2, value)];
  return [bytesField(1, name), tensor(DT_STRING, [bytesField(8, String(value))]), metadata("text")];
}

/** What the HParams plugin reads of a run; the tensor beside it is empty, as the plugin's own. */
function sessionValue(name: string, info: Buffer): Buffer[] {
  return [bytesField(1, `_hparams_/${name}`), tensor(DT_FLOAT, []), metadata("hparams", [bytesField(2, [info])])];
}

function tensor(type: number, values: Buffer[]): Buffer {
  return bytesField(8, [varintField(1, type), bytesField(2, []), ...values]);
}

function metadata(plugin: string, content: Buffer[] = []): Buffer {
  return bytesField(9, [bytesField(1, [bytesField(1, plugin), ...content]), varintField(4, CLASS_OF_TENSORS)]);
}

/** An entry of the map from names to values of `struct.proto`. */
function hyperparameter(name: string, value: unknown): Buffer {
  return bytesField(1, [bytesField(1, name), bytesField(2, [structValue(value)])]);
}

function structValue(value: unknown): Buffer {
  if (typeof value === "number") return doubleField(2, value);
  if (typeof value === "boolean") return varintField(4, Number(value));
  return bytesField(3, typeof value === "string" ? value : JSON.stringify(value));
}
