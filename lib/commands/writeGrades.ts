import * as path from "node:path";
import { replaceFile, shownPath } from "../files";
import type { Grade } from "../grading/gradeSubmission";
import { pointsCSV } from "../grading/pointsCSV";
import { summaryPage } from "../grading/summaryPage";

/** Writes the grades of a class: points.csv and index.html in the folder, and JSON where it is asked for. */
export async function writeGrades(grades: Grade[], { out, json }: { out: string; json?: string }): Promise<void> {
  write(path.join(out, "points.csv"), pointsCSV(grades));
  write(path.join(out, "index.html"), summaryPage(grades));
  if (json) write(json, JSON.stringify({ version: 1, grades }, null, 2) + "\n");
}

function write(file: string, text: string): void {
  replaceFile(file, text);
  console.log(`wrote ${shownPath(file)}`);
}
