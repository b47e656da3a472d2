import { fitParameters } from "../runner/parameters/fitParameters";
import type { Parameter } from "../runner/parameters/readParameters";
import { readTexts } from "../runner/parameters/readTexts";
import { hasShape } from "../runner/parameters/shape";
import type { Axis } from "./axis";

/** `1..5`, `0..1:0.25` with a step, `log:0.0001..0.1` to be drawn by its logarithm. */
const RANGE = /^(log:)?(-?[\d.]*\d(?:e[-+]?\d+)?)\.\.(-?[\d.]*\d(?:e[-+]?\d+)?)(?::(.+))?$/i;
const MOST_STEPS = 10_000;

/**
 * Reads the values of a parameter from a command line: `0.001,0.01`, or a range where the parameter takes numbers. Commas
 * within brackets and quotes divide nothing.
 *
 * @throws RangeError, in one line, for a value that does not fit the parameter, or a range that cannot be
 */
export function axisOfText(parameter: Parameter, text: string): Axis {
  const range = rangeIn(parameter, text);
  if (range) return range;
  const { name } = parameter;
  const values = splitAtCommas(text).map((part) => readTexts([parameter], { [name]: part })[name]);
  return checked({ name, values }, parameter);
}

/**
 * Reads the values of a parameter from a file: a list of values, a range as text, or one value.
 *
 * @throws RangeError, in one line, for a value that does not fit the parameter, an empty list, or a range that cannot be
 */
export function axisOfValue(parameter: Parameter, value: unknown): Axis {
  const { name } = parameter;
  if (typeof value === "string") {
    const range = rangeIn(parameter, value);
    if (range) return range;
  }
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0)
    throw new RangeError(`The parameter ${name} has an empty list; give one value or more, as in ${name}: [1, 2]`);
  return checked({ name, values }, parameter);
}

/** Undefined for what is no range, or where the parameter takes no numbers. */
function rangeIn(parameter: Parameter, text: string): Axis | undefined {
  const [, log, ...texts] = RANGE.exec(text.trim()) ?? [];
  const [from, to, step] = texts.map((part) => (part === undefined ? undefined : Number(part)));
  if (from === undefined || to === undefined || !hasShape(from, parameter.shape)) return undefined;
  const { name, value } = parameter;
  const refuse = (why: string) => new RangeError(`The parameter ${name} has the range "${text}"; ${why}`);
  if (!(from < to)) throw refuse("the first number has to be the smaller one, as in 1..5");
  if (log && (from <= 0 || step !== undefined)) throw refuse("after log: two numbers above 0 and no step are wanted");
  checked({ name, values: [from, to] }, parameter);
  if (step !== undefined) {
    const count = Math.floor((to - from) / step + 1e-9) + 1;
    if (!(step > 0) || count > MOST_STEPS)
      throw refuse(`a step above 0 that makes at most ${MOST_STEPS} values is wanted, as in 0..1:0.25`);
    return checked({ name, values: Array.from({ length: count }, (_, index) => tidy(from + index * step)) }, parameter);
  }
  const isWhole = [from, to, value ?? from].every(Number.isInteger);
  return { name, from, to, isLog: log !== undefined, isWhole };
}

function checked<T extends { name: string; values: unknown[] }>(axis: T, parameter: Parameter): T {
  for (const value of axis.values) fitParameters([parameter], { [axis.name]: value }, () => {});
  return { ...axis, values: axis.values.filter((value, index) => firstAlike(axis.values, value) === index) };
}

function firstAlike(values: unknown[], value: unknown): number {
  return values.findIndex((other) => JSON.stringify(other) === JSON.stringify(value));
}

/** Without what binary fractions add: 0.1 + 2 x 0.1 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function splitAtCommas(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && "[{".includes(character)) depth++;
    if (!quoted && "]}".includes(character)) depth--;
    if (character === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
