import * as fs from "node:fs";
import * as path from "node:path";
import { readKept } from "../grading/gradeFolder";
import type { Grade } from "../grading/gradeSubmission";
import { shownPoints } from "../course/earned";
import { givenPath, newPath } from "./givenPath";
import { onlyOne, readArguments, UsageError } from "./usage";
import { writeGrades } from "./writeGrades";

const HELP = `Usage: npm run course -- report FOLDER [--json FILE]

Shows the points of a class that npm run course -- grade has graded, and writes points.csv and index.html anew.

  FOLDER        the folder of the submissions, or that of the grades
  --json FILE   writes the grades for programs`;

const OPTIONS = { json: { type: "string" } } as const;

/** `npm run course -- report`: the points of a class. */
export async function courseReport(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const out = gradedFolder(givenPath(onlyOne(positionals, "folder", HELP)));
  const results = path.join(out, "results");
  const grades = fs.readdirSync(results).sort().flatMap((name) => readKept(path.join(results, name))?.grade ?? []); // prettier-ignore
  console.log(toTable(grades).join("\n"));
  await writeGrades(grades, { out, json: values.json && newPath(values.json) });
  return 0;
}

function gradedFolder(folder: string): string {
  const candidates = [folder, `${path.resolve(folder)}-graded`];
  const found = candidates.find((name) => fs.existsSync(path.join(name, "results")));
  if (found) return found;
  throw new UsageError(`Nothing is graded in ${folder} yet; npm run course -- grade ${folder} does it`);
}

function toTable(grades: Grade[]): string[] {
  const rows = grades.map(({ student, status, earned, points, exercises }) => {
    const own =
      status === "graded" ? exercises.map((one) => `${shownPoints(one.earned)} ${one.status}`).join(", ") : status;
    return [student, `${shownPoints(earned)} of ${shownPoints(points)}`, own];
  });
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column].length)));
  return rows.map(([student, points, own]) => `${student.padEnd(widths[0])}  ${points.padStart(widths[1])}  ${own}`);
}
