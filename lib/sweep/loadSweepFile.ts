import { readFileSync } from "node:fs";
import { isRecord } from "../runner/notebook";
import { loadParameterFile } from "../runner/parameters/loadParameterFile";
import { type EngineName, ENGINES, isEngineName } from "./engines/engines";
import type { SampleMethod } from "./sampleRows";

/** A sweep as its file describes it; what is left out is undefined. */
export interface SweepFile {
  /** A path from the file's folder, or a lesson's number. */
  notebook: string;
  /** Values by parameter: a list, a range as text, or one value. */
  parameters: Record<string, unknown>;
  quick?: boolean;
  sample?: SampleMethod;
  rows?: number;
  sampleSeed?: number;
  threads?: number;
  memory?: number;
  atOnce?: number;
  timeout?: number;
  engine?: EngineName;
  partition?: string;
  sbatch?: string;
  redis?: string;
  results?: string;
  halve?: string;
  keep?: number;
  metric?: string;
  least?: boolean;
}

/**
 * Reads a file that describes a sweep, in YAML or JSON.
 *
 * @throws SyntaxError, in one line that names the line of the file, for text that is neither; RangeError for a setting that
 * there is not, or a value of another kind than its own; Node's error where the file cannot be read
 */
export function loadSweepFile(file: string): SweepFile {
  const settings = loadParameterFile(file);
  const lines = readFileSync(file, "utf8").split("\n");
  for (const [name, value] of Object.entries(settings)) {
    const kind = KINDS[name];
    const place = placeOf(name, lines);
    if (!kind)
      throw new RangeError(
        `${file} has the setting "${name}"${place}; the settings are ${Object.keys(KINDS).join(", ")}`,
      );
    if (!kind.fits(value))
      throw new RangeError(`${file} sets ${name} to ${JSON.stringify(value)}${place}; ${kind.wanted} is wanted`);
  }
  for (const name of ["notebook", "parameters"])
    if (!Object.hasOwn(settings, name)) throw new RangeError(`${file} has no ${name}; ${KINDS[name].wanted} is wanted`);
  return { ...(settings as unknown as SweepFile), notebook: String(settings.notebook) };
}

/** The line in which a setting begins, in words; nothing where it is not at the beginning of a line, as in JSON. */
function placeOf(name: string, lines: string[]): string {
  const line = lines.findIndex((text) => text.replace(/["']/g, "").match(/^[\w$]+(?=\s*:)/)?.[0] === name);
  return line < 0 ? "" : ` in line ${line + 1}`;
}

interface Kind {
  fits: (value: unknown) => boolean;
  wanted: string;
}

const whole: Kind = { fits: (value) => Number.isInteger(value) && Number(value) > 0, wanted: "a whole number above 0" };
const above: Kind = { fits: (value) => typeof value === "number" && value > 0, wanted: "a number above 0" };
const truth: Kind = { fits: (value) => typeof value === "boolean", wanted: "true or false" };
const text: Kind = { fits: (value) => typeof value === "string" && value !== "", wanted: "text" };

const KINDS: Record<string, Kind> = {
  notebook: {
    fits: (value) => text.fits(value) || Number.isInteger(value),
    wanted: "a notebook's path, or a lesson's number,",
  },
  parameters: {
    fits: (value) => isRecord(value) && Object.keys(value).length > 0,
    wanted: "a mapping of parameters to values, as in seed: 1..5,",
  },
  quick: truth,
  sample: { fits: (value) => value === "random" || value === "sobol", wanted: "random or sobol" },
  rows: whole,
  sampleSeed: { fits: Number.isInteger, wanted: "a whole number" },
  engine: { fits: isEngineName, wanted: Object.keys(ENGINES).join(" or ") },
  partition: text,
  sbatch: text,
  redis: text,
  results: text,
  threads: whole,
  memory: above,
  atOnce: whole,
  timeout: above,
  halve: text,
  keep: whole,
  metric: text,
  least: truth,
};
