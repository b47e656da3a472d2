import { createHash } from "node:crypto";
import { parse } from "node:path";
import { seededRandom } from "../random";
import { isUnresolved } from "../runner/parameters/shape";
import type { Parameter } from "../runner/parameters/readParameters";
import { prepareNotebook } from "../runner/prepareNotebook";
import { type Axis, isRange } from "./axis";
import { gridRows, type RowValues } from "./gridRows";
import { loadSubject, parameterOf, type Subject } from "./loadSubject";
import { namedRows } from "./namedRows";
import type { PlaceOf } from "./parameterPlaces";
import { axisOfText, axisOfValue } from "./readAxis";
import { type SampleMethod, sampleRows } from "./sampleRows";
import type { Sweep } from "./sweepFolder";

/** What a sweep is to run. */
export interface SweepRequest {
  /** The path of the notebook, or of the script. */
  notebook: string;
  /** Default: the file's name, and a hash of the rows. */
  name?: string;
  /** Values by parameter as a command line has them, `0.1,0.2` or `1..5`; they come before those of `values`. */
  texts?: Record<string, string>;
  /** Values by parameter as a file has them: a list, a range as text, or one value. */
  values?: Record<string, unknown>;
  /** Where the file has them: what is refused of them names its place. */
  placeOf?: PlaceOf;
  /** Values that all rows share, unless `texts` or `values` have the parameter. */
  shared?: Record<string, unknown>;
  /** A sample in place of the grid; `seed` is 1 by default. */
  sample?: { method: SampleMethod; rows: number; seed?: number };
}

/**
 * Works out the rows of a sweep, each once. Nothing is run or written.
 *
 * @throws RangeError, in one line, for a parameter that the notebook does not have, a value that does not fit it, or a
 * sweep of no parameter; SyntaxError for a file that is neither a notebook nor a script
 */
export function planSweep(request: SweepRequest): Sweep {
  const { notebook: file, shared = {} } = request;
  const subject = loadSubject(file);
  const axes = readAxes(subject, request);
  if (subject.parameters) {
    checkTypes(axes, subject.parameters, request);
    prepareNotebook(file, { parameters: { ...shared, ...firstValues(axes) } });
  }
  const rows = namedRows(
    subject,
    drawRows(axes, request).map((values) => ({ ...shared, ...values })),
  );
  const names = rows.map(({ id }) => id).join();
  const hash = createHash("sha256").update(names).digest("hex").slice(0, 6);
  return {
    name: request.name ?? `${parse(file).name}-${hash}`,
    notebook: file,
    varied: axes.filter((axis) => isRange(axis) || axis.values.length > 1).map(({ name }) => name),
    rows,
  };
}

function readAxes(subject: Subject, request: SweepRequest): Axis[] {
  const { notebook, texts = {}, values = {} } = request;
  const { parameters: declared = [] } = subject;
  const placeOf = placesIn(request);
  const given: Record<string, (parameter: Parameter) => Axis> = {
    ...mapped(values, (value, name) => (parameter) => readValue(parameter, value, (index) => placeOf(name, index))),
    ...mapped(texts, (text) => (parameter) => axisOfText(parameter, text)),
  };
  const names = Object.keys(given);
  if (names.length === 0)
    throw new RangeError(`A sweep of ${notebook} has no values; give some, as in -p ${example(declared)}`);
  return names.map((name) => {
    const parameter = parameterOf(subject, name);
    if (!parameter) return at(placeOf(name), () => unknownParameter(name, notebook, declared));
    return given[name](parameter);
  });
}

/** The places of the values of the file that count. */
function placesIn({ texts = {}, placeOf = () => undefined }: SweepRequest): PlaceOf {
  return (name, index) => (Object.hasOwn(texts, name) ? undefined : placeOf(name, index));
}

/** Reads values of a file; what is refused names the place of the first that does not fit. */
function readValue(parameter: Parameter, value: unknown, place: (index?: number) => string | undefined): Axis {
  const read = (own: unknown) => axisOfValue(parameter, own);
  if (Array.isArray(value)) for (const [index, own] of value.entries()) at(place(index), () => read([own]));
  return at(Array.isArray(value) ? place() : place(0), () => read(value));
}

/** Runs what may refuse values, and adds their place to the refusal. */
function at<T>(place: string | undefined, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof RangeError) || place === undefined) throw error;
    throw new RangeError(`${error.message} (${place})`, { cause: error });
  }
}

function mapped<T, R>(record: Record<string, T>, to: (value: T, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value, name)]));
}

function example(declared: Parameter[]): string {
  const [{ name, value } = { name: "seed", value: 1 }] = declared.filter((one) => typeof one.value === "number");
  return `${name}=${String(value)},…`;
}

/** Refuses a name that the notebook does not declare. */
function unknownParameter(name: string, notebook: string, declared: Parameter[]): never {
  const known = declared.map((parameter) => parameter.name).join(", ");
  const there = known ? `it has ${known}` : "it has no cell tagged parameters";
  throw new RangeError(`There is no parameter "${name}" in ${notebook}; ${there}`);
}

/** Lets the compiler say whether values of a type with a name fit: each once. */
function checkTypes(axes: Axis[], declared: Parameter[], request: SweepRequest): void {
  const { notebook: file, values = {} } = request;
  for (const axis of axes) {
    const { shape } = declared.find(({ name }) => name === axis.name)!;
    if (isRange(axis) || !isUnresolved(shape)) continue;
    for (const value of axis.values) {
      const index = [values[axis.name]].flat().indexOf(value);
      at(placesIn(request)(axis.name, index), () => prepareNotebook(file, { parameters: { [axis.name]: value } }));
    }
  }
}

function firstValues(axes: Axis[]): RowValues {
  return Object.fromEntries(axes.map((axis) => [axis.name, isRange(axis) ? axis.from : axis.values[0]]));
}

function drawRows(axes: Axis[], request: SweepRequest): RowValues[] {
  const { sample } = request;
  if (!sample) {
    for (const axis of axes) at(placesIn(request)(axis.name, 0), () => gridRows([axis]));
    return gridRows(axes);
  }
  const { method, rows, seed = 1 } = sample;
  return sampleRows(axes, rows, { method, random: seededRandom(seed) });
}
