import * as fs from "node:fs";
import { type Assignment, loadAssignment } from "../grading/assignment";
import { givenPath } from "./givenPath";
import { findLessons } from "./lessons";
import { orUsageError, UsageError } from "./usage";

/**
 * The assignment of a lesson's number, or of a notebook's path.
 *
 * @throws UsageError where there is none, or it is not in the form of docs/course.md
 */
export function givenAssignment(given: string): Assignment {
  return orUsageError(() => loadAssignment(assignmentFile(given)));
}

/**
 * The assignments of the words given beside the flags, at least one.
 *
 * @throws UsageError where none is named, or one of them cannot be had
 */
export function givenAssignments(words: string[], help: string): Assignment[] {
  if (words.length === 0) throw new UsageError(`No lesson was named. ${help.split("\n")[0]}`);
  return words.map(givenAssignment);
}

function assignmentFile(given: string): string {
  if (/^\d{1,2}$/.test(given)) return findLessons([given])[0];
  const file = givenPath(given);
  if (!/\.ipynb$/i.test(file) || !fs.existsSync(file))
    throw new UsageError(
      `There is no notebook ${given}; give a lesson's number, as in 02, or the path of an .ipynb file`,
    );
  return file;
}
