import { readFileSync } from "fs";
import { extname } from "path";
import { isRecord } from "../notebook";
import { loadYaml } from "./loadYaml";

/**
 * Values for parameters from a file: an object of JSON, or a mapping of YAML, by the file's ending. An empty YAML file
 * sets nothing.
 *
 * Throws a RangeError for another ending, a SyntaxError, in one line that names the line of the file, for text that is
 * neither, and Node's error where the file cannot be read.
 */
export function loadParameterFile(file: string): Record<string, unknown> {
  const parse = PARSERS[extname(file).toLowerCase()];
  if (!parse) throw new RangeError(`${file} is no file of parameters; one that ends in .yaml, .yml or .json is wanted`);
  const values = parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""), file);
  if (!isRecord(values))
    throw new SyntaxError(`${file} holds ${kindOf(values)}; names with values are wanted, as in epochs: 3`);
  for (const name of Object.keys(values))
    if (!/^[A-Za-z_$][\w$]*$/.test(name))
      throw new SyntaxError(`${file} names a parameter ${JSON.stringify(name)}, which cannot be a variable's name`);
  return values;
}

const PARSERS: Record<string, (text: string, file: string) => unknown> = {
  ".json": parseJSON,
  ".yaml": parseYAML,
  ".yml": parseYAML,
};

function parseJSON(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const [why] = message.split(/(?: in JSON)? at position|, (?:\.{3})?"/);
    throw new SyntaxError(`${file} is not JSON: ${why} in line ${lineOf(text, jsonPosition(message, text))}`, {
      cause: error,
    });
  }
}

/** Where a text stops being JSON: Node's message gives the position, or else the ten characters before it. */
function jsonPosition(message: string, text: string): number {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position) return Number(position);
  const [, token, cut, context] = /token '(.)', (\.{3})?"([^]*?)"(?:\.{3})? is not/u.exec(message) ?? [];
  return context === undefined ? text.length : text.indexOf(token, text.indexOf(context) + (cut ? 10 : 0));
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function parseYAML(text: string, file: string): unknown {
  const documents = [...loadYaml().parseAllDocuments(text, { prettyErrors: false })];
  if (documents.length === 0) return {};
  if (documents.length > 1) throw new SyntaxError(`${file} holds ${documents.length} YAML documents; one is wanted`);
  const [document] = documents;
  const [error] = document.errors;
  if (error) throw notYAML(file, error, lineOf(text, error.pos[0]));
  try {
    return document.toJS() ?? {};
  } catch (unresolved) {
    throw notYAML(file, unresolved as Error);
  }
}

function notYAML(file: string, { message }: Error, line?: number): SyntaxError {
  const place = line === undefined ? "" : ` in line ${line}`;
  return new SyntaxError(`${file} is not YAML: ${message.replace(/\s*\n\s*/g, " ")}${place}`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "null" : `nothing but ${typeof value === "string" ? "text" : String(value)}`;
}
