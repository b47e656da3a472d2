import * as path from "node:path";
import { replaceFile, shownPath } from "../files";
import { formatTable } from "../runner/history";
import { callMLflow, type MLflowCall } from "../sweep/export/callMLflow";
import { sendToMLflow } from "../sweep/export/sendToMLflow";
import { writeTensorBoard } from "../sweep/export/writeTensorBoard";
import { rowsInWords } from "../sweep/formatStates";
import { type ScoredSweep, scoredSweep } from "../sweep/scoredSweep";
import { loadSweep, rowFolder, sweepFolder } from "../sweep/sweepFolder";
import { toArrow } from "../sweep/toArrow";
import { toCSV } from "../sweep/toCSV";
import { RUNS } from "./runsFolder";
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
  /** The address of an MLflow server that gets the rows; none by default. */
  mlflow?: string;
}

/** Prints the best rows of a sweep, and writes all rows as a page, as CSV, as Arrow and for other tools. Returns the exit code. */
export async function showSweep(name: string, options: ShowOptions): Promise<number> {
  const { metric, least, html, tensorboard, mlflow } = options;
  const call = mlflow === undefined ? undefined : orUsageError(() => callMLflow(mlflow));
  const folderOf = ({ id }: { id: string }) => rowFolder(RUNS, id);
  const scored = orUsageError(() => scoredSweep(loadSweep(RUNS, name), folderOf, { metric, isLeastBest: least }));
  const [head, rows] = bestTable(scored, SHOWN);
  console.log(`${name}: ${scored.ranked.length} of ${scored.sweep.rows.length} rows, the best by ${scored.metric}\n`);
  console.log(`${formatTable([head, ...rows])}\n`);
  const folder = sweepFolder(RUNS, name);
  write(html ?? path.join(folder, "index.html"), sweepPage(scored));
  write(path.join(folder, "rows.csv"), toCSV(scored));
  write(path.join(folder, "rows.arrow"), toArrow(scored));
  if (tensorboard !== undefined) exportTensorBoard(scored, tensorboard);
  if (call) await exportMLflow(scored, call);
  return 0;
}

function exportTensorBoard(scored: ScoredSweep, folder: string): void {
  const count = writeTensorBoard(scored, folder);
  console.log(`wrote ${rowsInWords(count)} to ${shownPath(folder)}: tensorboard --logdir "${path.resolve(folder)}"`);
}

async function exportMLflow(scored: ScoredSweep, call: MLflowCall): Promise<void> {
  const { sent, kept } = await sendToMLflow(scored, call);
  const before = kept > 0 ? `; ${rowsInWords(kept)} ${kept === 1 ? "was" : "were"} there` : "";
  console.log(`sent ${rowsInWords(sent)} to MLflow's experiment ${scored.sweep.name}${before}`);
}

function write(file: string, content: string | Uint8Array): void {
  replaceFile(file, content);
  console.log(`wrote ${shownPath(file)}`);
}
