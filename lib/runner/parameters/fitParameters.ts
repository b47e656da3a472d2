import { isRecord } from "../notebook";
import type { Parameter } from "./readParameters";
import { hasShape } from "./shape";
import { isWithin, rangeInWords } from "./statedRange";

/**
 * Holds values to the types, and the ranges, that the notebook declares. Names that are not declared go to `warn` and keep their value. What
 * only the compiler can tell passes here; see `checkInjected`.
 *
 * Throws a RangeError, in one line, for a value that does not fit, or that JSON does not know.
 */
export function fitParameters(
  parameters: Parameter[],
  values: Record<string, unknown>,
  warn: (line: string) => void,
): void {
  const names = parameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(values)) {
    const parameter = parameters.find((candidate) => candidate.name === name);
    const known = names.length > 0 ? `known are ${names.join(", ")}` : "the notebook has no cell tagged parameters";
    if (!parameter) warn(`Unknown parameter ${name}: ${known}`);
    if (parameter?.range && !isWithin(value, parameter.range)) throw misfit(name, value, parameter);
    if (!isJSON(value) || (parameter && !hasShape(value, parameter.shape))) throw misfit(name, value, parameter);
  }
}

/** The refusal of a value. */
export function misfit(name: string, value: unknown, parameter?: Parameter): RangeError {
  return new RangeError(`The parameter ${name} is ${shown(value)}; ${wanted(parameter)} is wanted`);
}

/** Whether a value stays what it is in JSON; NaN and the infinities do not. */
function isJSON(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJSON);
  if (isRecord(value)) return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJSON);
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(",")}]`;
  if (isRecord(value))
    return `{${Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${shown(item)}`)}}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function wanted(parameter: Parameter | undefined): string {
  if (!parameter || parameter.type === "JSON") return "a value that JSON knows";
  if (parameter.range) return rangeInWords(parameter.range);
  const simple: Record<string, string> = { number: "a number", boolean: "true or false", string: "text" };
  return simple[parameter.shape.kind] ?? `a value of the type ${parameter.type.replace(/\s*\n\s*/g, " ")}`;
}
