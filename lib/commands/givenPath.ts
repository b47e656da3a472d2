import * as fs from "node:fs";
import * as path from "node:path";

/** A path as it was meant: from the project's folder if it is there, else from where npm was called. */
export function givenPath(given: string): string {
  const fromCaller = path.resolve(process.env.INIT_CWD ?? ".", given);
  return !fs.existsSync(given) && fs.existsSync(fromCaller) ? fromCaller : given;
}

/** A path for something new, from where npm was called. */
export function newPath(given: string): string {
  return path.resolve(process.env.INIT_CWD ?? ".", given);
}
