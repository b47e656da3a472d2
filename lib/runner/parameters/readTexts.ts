import { misfit } from "./fitParameters";
import type { Parameter } from "./readParameters";
import { hasShape, type Shape } from "./shape";

/**
 * Splits command line arguments of the form `name=value`. The values stay text: `readTexts` gives them their type.
 * Throws a RangeError for anything else.
 */
export function splitArguments(args: string[]): Record<string, string> {
  const entries = args.map((arg) => {
    const [, name, value] = /^([A-Za-z_$][\w$]*)=([^]*)$/.exec(arg) ?? [];
    if (name === undefined)
      throw new RangeError(`The parameter "${arg}" is not of the form name=value, as in epochs=3`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Text from a command line as values of the declared types: a number, true or false, JSON where the parameter is a list
 * or an object. Text for a name that is not declared is read as JSON where it is JSON. Throws a RangeError, in one line,
 * for text that does not fit.
 */
export function readTexts(parameters: Parameter[], texts: Record<string, string>): Record<string, unknown> {
  const entries = Object.entries(texts).map(([name, text]) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    const found = readText(text, parameter?.shape ?? { kind: "anything" });
    if (!found) throw misfit(name, text, parameter);
    return [name, found.value];
  });
  return Object.fromEntries(entries);
}

/** The value that a text means for a shape, or undefined where it means none. */
function readText(text: string, shape: Shape): { value: unknown } | undefined {
  switch (shape.kind) {
    case "number": {
      const number = text.trim() === "" ? NaN : Number(text);
      return Number.isFinite(number) ? { value: number } : undefined;
    }
    case "boolean":
      return text === "true" || text === "false" ? { value: text === "true" } : undefined;
    case "string":
      return { value: text };
    case "literal":
      return text === String(shape.value) ? { value: shape.value } : undefined;
    case "union":
      return readUnion(text, shape.of);
    case "anything":
    case "unresolved":
      return parsed(text) ?? { value: text };
    default: {
      const found = parsed(text);
      return found && hasShape(found.value, shape) ? found : undefined;
    }
  }
}

/** Any text is a string, so that comes last. */
function readUnion(text: string, options: Shape[]): { value: unknown } | undefined {
  const isText = ({ kind }: Shape) => kind === "string" || kind === "anything" || kind === "unresolved";
  const ordered = [...options].sort((a, b) => Number(isText(a)) - Number(isText(b)));
  for (const option of ordered) {
    const found = readText(text, option);
    if (found) return found;
  }
  return undefined;
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
