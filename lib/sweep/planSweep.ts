import { createHash } from "node:crypto";
import { basename } from "node:path";
import { seededRandom } from "../random";
import { isUnresolved } from "../runner/parameters/shape";
import { type Parameter, readParameters } from "../runner/parameters/readParameters";
import { prepareNotebook } from "../runner/prepareNotebook";
import { loadNotebook } from "../runner/parseNotebook";
import { type Axis, isRange } from "./axis";
import { gridRows, type RowValues } from "./gridRows";
import { namedRows } from "./namedRows";
import { axisOfText, axisOfValue } from "./readAxis";
import { type SampleMethod, sampleRows } from "./sampleRows";
import type { Sweep } from "./sweepFolder";

/** What a sweep is to run. */
export interface SweepRequest {
  /** The notebook's path. */
  notebook: string;
  /** Default: the notebook's name, and a hash of the rows. */
  name?: string;
  /** Values by parameter as a command line has them, `0.1,0.2` or `1..5`; they come before those of `values`. */
  texts?: Record<string, string>;
  /** Values by parameter as a file has them: a list, a range as text, or one value. */
  values?: Record<string, unknown>;
  /** Values that all rows share, unless `texts` or `values` have the parameter. */
  shared?: Record<string, unknown>;
  /** A sample in place of the grid; `seed` is 1 by default. */
  sample?: { method: SampleMethod; rows: number; seed?: number };
}

/**
 * Works out the rows of a sweep, each once. Nothing is run or written.
 *
 * @throws RangeError, in one line, for a parameter that the notebook does not have, a value that does not fit it, or a
 * sweep of no parameter; SyntaxError for a file that is no notebook
 */
export function planSweep(request: SweepRequest): Sweep {
  const { notebook: file, shared = {} } = request;
  const notebook = loadNotebook(file);
  const declared = readParameters(notebook);
  const axes = readAxes(declared, request);
  checkTypes(file, axes, declared);
  prepareNotebook(file, { parameters: { ...shared, ...firstValues(axes) } });
  const rows = namedRows(
    notebook,
    drawRows(axes, request).map((values) => ({ ...shared, ...values })),
  );
  const names = rows.map(({ id }) => id).join();
  const hash = createHash("sha256").update(names).digest("hex").slice(0, 6);
  return {
    name: request.name ?? `${basename(file, ".ipynb")}-${hash}`,
    notebook: file,
    varied: axes.filter((axis) => isRange(axis) || axis.values.length > 1).map(({ name }) => name),
    rows,
  };
}

function readAxes(declared: Parameter[], { notebook, texts = {}, values = {} }: SweepRequest): Axis[] {
  const given: Record<string, (parameter: Parameter) => Axis> = {
    ...mapped(values, (value) => (parameter) => axisOfValue(parameter, value)),
    ...mapped(texts, (text) => (parameter) => axisOfText(parameter, text)),
  };
  const names = Object.keys(given);
  if (names.length === 0)
    throw new RangeError(`A sweep of ${notebook} has no values; give some, as in -p ${example(declared)}`);
  return names.map((name) => {
    const parameter = declared.find((candidate) => candidate.name === name);
    if (!parameter) throw unknownParameter(name, notebook, declared);
    return given[name](parameter);
  });
}

function mapped<T, R>(record: Record<string, T>, to: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

function example(declared: Parameter[]): string {
  const [{ name, value } = { name: "seed", value: 1 }] = declared.filter((one) => typeof one.value === "number");
  return `${name}=${String(value)},…`;
}

/** The refusal of a name that the notebook does not declare. */
function unknownParameter(name: string, notebook: string, declared: Parameter[]): RangeError {
  const known = declared.map((parameter) => parameter.name).join(", ");
  const there = known ? `it has ${known}` : "it has no cell tagged parameters";
  return new RangeError(`There is no parameter "${name}" in ${notebook}; ${there}`);
}

/** Lets the compiler say whether values of a type with a name fit: each once. */
function checkTypes(file: string, axes: Axis[], declared: Parameter[]): void {
  for (const axis of axes) {
    const { shape } = declared.find(({ name }) => name === axis.name)!;
    if (isRange(axis) || !isUnresolved(shape)) continue;
    for (const value of axis.values) prepareNotebook(file, { parameters: { [axis.name]: value } });
  }
}

function firstValues(axes: Axis[]): RowValues {
  return Object.fromEntries(axes.map((axis) => [axis.name, isRange(axis) ? axis.from : axis.values[0]]));
}

function drawRows(axes: Axis[], { sample }: SweepRequest): RowValues[] {
  if (!sample) return gridRows(axes);
  const { method, rows, seed = 1 } = sample;
  return sampleRows(axes, rows, { method, random: seededRandom(seed) });
}
