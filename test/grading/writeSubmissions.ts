import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mutation } from "./mutations";

/** Writes submissions in nbgrader's layout: submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb. */
export function writeSubmissions(folder: string, assignment: string, made: Mutation[]): void {
  for (const { name, text, timestamp } of made) {
    const own = join(folder, "submitted", name, assignment);
    mkdirSync(own, { recursive: true });
    if (text !== undefined) writeFileSync(join(own, `${assignment}.ipynb`), text);
    if (timestamp !== undefined) writeFileSync(join(own, "timestamp.txt"), timestamp);
  }
}
