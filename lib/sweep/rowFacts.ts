import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files";
import { isRecord } from "../runner/notebook";
import type { RowValues } from "./gridRows";

/** What a row was started with. */
export interface RowFacts {
  id: string;
  notebook: string;
  parameters: RowValues;
  /** A hash of the library's code at that time. */
  code: string;
}

const FILE = "row.json";

/** Notes in a row's folder what it is started with. */
export function writeRowFacts(folder: string, facts: RowFacts): void {
  replaceFile(join(folder, FILE), JSON.stringify(facts, null, 2) + "\n");
}

/** The hash of the code with which a row was run; undefined where that is not known. */
export function rowCode(folder: string): string | undefined {
  try {
    const facts: unknown = JSON.parse(readFileSync(join(folder, FILE), "utf8"));
    return isRecord(facts) && typeof facts.code === "string" ? facts.code : undefined;
  } catch {
    return undefined;
  }
}
