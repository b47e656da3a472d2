import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../../lib/files";
import { formatNotebook } from "../../lib/runner/formatNotebook";
import type { Cell } from "../../lib/runner/notebook";
import { type Parameter, readParameters } from "../../lib/runner/parameters/readParameters";
import { type RowResult } from "../../lib/sweep/rowResult";
import type { SweepRow } from "../../lib/sweep/sweepFolder";
import { code, notebookOf } from "../runner/samples";

/** A temporary folder. */
export function newFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "atelier-test-"));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** The parameters of a small notebook. */
export const PARAMETERS = code(
  [
    "const seed: number = 1; // of all that is drawn, 0 to 1000",
    "const rate: number = 0.5;",
    'const kind: "plain" | "deep" = "plain";',
    "const sizes: number[] = [1];",
    "const name: string = 'net';",
  ].join("\n"),
  "parameters",
);

/** The parameter of this name. */
export function parameterOf(name: string): Parameter {
  return readParameters(notebookOf(PARAMETERS)).find((parameter) => parameter.name === name)!;
}

/** Writes a notebook of these cells, below those parameters. */
export function writeSmallNotebook(file: string, ...cells: Cell[]): void {
  writeFileSync(file, formatNotebook(notebookOf(PARAMETERS, ...cells)));
}

/** Rows of a sweep over seeds. */
export function rowsOf(count: number): SweepRow[] {
  return Array.from({ length: count }, (_, index) => ({ id: `row-${index + 1}`, parameters: { seed: index + 1 } }));
}

/** Writes what a row's process leaves when it ends. */
export function writeReport(folder: string, { status, started, seconds, metrics, curves, error }: RowResult): void {
  const [ename, evalue] = (error ?? "").split(": ");
  const when = started === undefined ? {} : { started: new Date(started).toISOString() };
  const notebook = { status, ...when, seconds, metrics, curves, error: error === undefined ? null : { ename, evalue } };
  replaceFile(join(folder, "report.json"), JSON.stringify({ version: 1, notebooks: [notebook] }));
}
