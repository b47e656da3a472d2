import * as fs from "node:fs";
import * as path from "node:path";
import { shownPath } from "../files";
import { writeNbgraderCourse } from "../grading/nbgraderCourse";
import { givenAssignments } from "./givenAssignment";
import { newPath } from "./givenPath";
import { readArguments } from "./usage";

const HELP = `Usage: npm run course -- nbgrader LESSON … [--out FOLDER]

Makes a course folder for nbgrader 0.9.6, or adds lessons to one: settings for TypeScript, and the lessons as sources.
nbgrader itself, and its commands, are in Python: pip install nbgrader==0.9.6. It finds the kernel after
npm run lab -- --kernel-only.

  LESSON         a lesson's number, as in 02, or the path of a notebook in the form of docs/course.md
  --out FOLDER   the course folder; default runs/nbgrader. A nbgrader_config.py that is there stays as it is`;

const OPTIONS = { out: { type: "string" } } as const;

/** `npm run course -- nbgrader`: a course folder for nbgrader. */
export async function courseNbgrader(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const assignments = givenAssignments(positionals, HELP);
  const folder = values.out === undefined ? path.join("runs", "nbgrader") : newPath(values.out);
  const keepsConfig = fs.existsSync(path.join(folder, "nbgrader_config.py"));
  for (const file of writeNbgraderCourse(folder, assignments, keepsConfig)) console.log(`wrote ${shownPath(file)}`);
  const [{ name }] = assignments;
  console.log(`In ${shownPath(folder)}: nbgrader generate_assignment ${name}, then autograde and generate_feedback`);
  return 0;
}
