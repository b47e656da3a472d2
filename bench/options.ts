import * as fs from "node:fs";
import * as path from "node:path";
import { UsageError } from "../lib/commands/usage";

/** An option's text as a whole number from 1 to `most`; a UsageError for anything else. */
export function wholeNumber(name: string, text: string, most: number): number {
  if (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`--${name} is "${text}"; give a whole number from 1 to ${most}`);
}

/** Seeds separated by commas; a UsageError for anything else. */
export function readSeeds(text: string): number[] {
  if (/^\d{1,9}(,\d{1,9})*$/.test(text)) return text.split(",").map(Number);
  throw new UsageError(`--seeds is "${text}"; give whole numbers, as in 42,43`);
}

/** Refuses a file for the rows that could not be written: before the minutes of measuring, not after them. */
export function checkFile(file: string): void {
  if (fs.existsSync(file) && fs.statSync(file).isDirectory())
    throw new UsageError(`--json is "${file}", a folder; give a file`);
  const folder = path.dirname(file);
  if (fs.existsSync(folder) && !fs.statSync(folder).isDirectory())
    throw new UsageError(`--json is "${file}", but ${folder} is no folder`);
}
