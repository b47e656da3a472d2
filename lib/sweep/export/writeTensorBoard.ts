import { join } from "node:path";
import { replaceFile } from "../../files";
import { type FinishedRow, finishedRows } from "./finishedRows";
import type { ScoredSweep } from "../scoredSweep";
import { tensorBoardEvents } from "./tensorBoardEvents";

const FILE = "events.out.tfevents.sweep"; // TensorBoard reads what has "tfevents" in its name
const LONGEST = 80; // characters of a title in a folder's name

/**
 * Writes the rows of a sweep that ended well for TensorBoard, each as a run in a folder of its own. The same row is
 * written to the same file again. Returns how many rows there are.
 */
export function writeTensorBoard(scored: ScoredSweep, folder: string): number {
  const rows = finishedRows(scored);
  for (const row of rows) replaceFile(join(folder, folderName(row), FILE), tensorBoardEvents(row));
  return rows.length;
}

/** What differs, for people, in characters that every file system takes; and the row's name, as titles may be alike. */
function folderName({ title, id }: FinishedRow): string {
  const plain = title.replace(/[^\w.=+-]+/g, ",").slice(0, LONGEST);
  return `${plain}_${id}`;
}
