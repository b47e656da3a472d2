import * as path from "node:path";
import { projectRoot, replaceFile, shownPath } from "../files";
import { formatTable } from "../runner/history";
import { writeTensorBoard } from "../sweep/export/writeTensorBoard";
import { rowsInWords } from "../sweep/formatStates";
import { type ScoredSweep, scoredSweep } from "../sweep/scoredSweep";
import { loadSweep, rowFolder } from "../sweep/sweepFolder";
import { toCSV } from "../sweep/toCSV";
import { bestTable, sweepPage } from "./sweepPage";
import { orUsageError } from "./usage";

const SHOWN = 10; // rows in the terminal

/** What to show of a sweep. */
export interface ShowOptions {
  /** The recorded value to rank by; default the sweep's own. */
  metric?: string;
  /** Whether the least of it is the best. */
  least?: boolean;
  /** Where the page goes; default the sweep's folder. */
  html?: string;
  /** The folder that gets event files for TensorBoard; none by default. */
  tensorboard?: string;
}

/** Prints the best rows of a sweep, and writes all rows as a page, as CSV, and for the tools asked for. Returns the exit code. */
export function showSweep(name: string, { metric, least, html, tensorboard }: ShowOptions): number {
  const runs = path.join(projectRoot, "runs");
  const folderOf = ({ id }: { id: string }) => rowFolder(runs, id);
  const scored = orUsageError(() => scoredSweep(loadSweep(runs, name), folderOf, { metric, isLeastBest: least }));
  const [head, rows] = bestTable(scored, SHOWN);
  console.log(`${name}: ${scored.ranked.length} of ${scored.sweep.rows.length} rows, the best by ${scored.metric}\n`);
  console.log(`${formatTable([head, ...rows])}\n`);
  const folder = path.join(runs, "sweeps", name);
  write(html ?? path.join(folder, "index.html"), sweepPage(scored));
  write(path.join(folder, "rows.csv"), toCSV(scored));
  if (tensorboard !== undefined) exportTensorBoard(scored, tensorboard);
  return 0;
}

function exportTensorBoard(scored: ScoredSweep, folder: string): void {
  const count = writeTensorBoard(scored, folder);
  console.log(`wrote ${rowsInWords(count)} to ${shownPath(folder)}: tensorboard --logdir "${path.resolve(folder)}"`);
}

function write(file: string, text: string): void {
  replaceFile(file, text);
  console.log(`wrote ${shownPath(file)}`);
}
