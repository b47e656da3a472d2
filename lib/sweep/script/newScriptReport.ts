import { readFileSync } from "node:fs";
import { replaceFile } from "../../files";
import { type Records, RECORD_TYPE, takeRecord } from "../../runner/metrics";

/** How a script's process ended. */
export interface ScriptEnd {
  /** The exit code. */
  code: number;
  /** Whether it was asked to stop. */
  isInterrupted: boolean;
  /** What was thrown and caught by nobody. */
  thrown?: unknown;
}

/**
 * Begins the report of a script, and returns what writes it, with the numbers that the script has appended to the file of its
 * records by then.
 */
export function newScriptReport(files: { file: string; report: string; records: string }): (end: ScriptEnd) => void {
  const { file, report, records } = files;
  const began = Date.now() - performance.now();
  return (end) => {
    const { code, isInterrupted } = end;
    const status = isInterrupted || code === 130 ? "interrupted" : code === 0 ? "ok" : "failed";
    const facts = { started: new Date(began).toISOString(), status, seconds: performance.now() / 1000 };
    const script = { file, ...facts, ...readRecords(records), error: status === "failed" ? errorOf(end) : null };
    replaceFile(report, JSON.stringify({ version: 1, status, scripts: [script] }, null, 2) + "\n");
  };
}

function errorOf({ code, thrown }: ScriptEnd): { ename: string; evalue: string } {
  if (thrown instanceof Error) return { ename: thrown.name, evalue: thrown.message };
  if (thrown !== undefined) return { ename: "thrown", evalue: String(thrown) };
  if (code === UNSETTLED) return { ename: "exit code 13", evalue: "an await at the top of the script never ended" };
  return { ename: `exit code ${code}`, evalue: "" };
}

/** Node's exit code for a script that ended before an `await` of its own. */
const UNSETTLED = 13;

function readRecords(file: string): Records {
  const found: Records = { metrics: {}, curves: {} };
  for (const [index, line] of linesOf(file).entries()) {
    try {
      if (line.trim() !== "") takeRecord({ [RECORD_TYPE]: JSON.parse(line) }, found);
    } catch {
      console.error(`${file} is not JSON in line ${index + 1}; a line such as {"name":"loss","value":0.5} is wanted`);
    }
  }
  return found;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return []; // nothing was recorded
  }
}
