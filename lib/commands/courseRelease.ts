import * as path from "node:path";
import { shownPath } from "../files";
import { toRelease } from "../grading/toRelease";
import { saveNotebook } from "../runner/formatNotebook";
import { givenAssignments } from "./givenAssignment";
import { newPath } from "./givenPath";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run course -- release LESSON … [--out FOLDER]

Writes the students' version of lessons: without solutions, hidden tests and outputs, with the small values of the
parameters. A notebook with a fault in its exercises is refused, with every fault.

  LESSON         a lesson's number, as in 02, or the path of a notebook in the form of docs/course.md
  --out FOLDER   where they go; default runs/release`;

const OPTIONS = { out: { type: "string" } } as const;

/** `npm run course -- release`: students' versions. */
export async function courseRelease(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const assignments = givenAssignments(positionals, HELP);
  const out = values.out === undefined ? path.join("runs", "release") : newPath(values.out);
  for (const assignment of assignments) {
    const file = path.join(out, path.basename(assignment.file));
    if (path.resolve(file) === path.resolve(assignment.file))
      throw new UsageError(`${file} is the notebook with the solutions; give another folder with --out`);
    saveNotebook(file, toRelease(assignment));
    const points = assignment.exercises.reduce((sum, exercise) => sum + exercise.points, 0);
    console.log(`wrote ${shownPath(file)}: ${assignment.exercises.length} exercises, ${points} points`);
  }
  return 0;
}
