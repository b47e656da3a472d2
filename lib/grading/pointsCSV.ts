import { csvLine } from "../text";
import type { Grade } from "./gradeSubmission";

/** The grades as a table for a spreadsheet: a row for each student, a column for each exercise. */
export function pointsCSV(grades: Grade[]): string {
  const ids = [...new Set(grades.flatMap(({ exercises }) => exercises.map(({ id }) => id)))];
  const head = ["student", "assignment", "status", "points", "of", ...ids, "late_seconds", "notes"];
  const rows = grades.map(({ student, assignment, status, earned, points, exercises, late, notes }) => {
    const own = ids.map((id) => exercises.find((exercise) => exercise.id === id)?.earned ?? "");
    const told = [
      ...exercises.filter((one) => one.status !== "right").map((one) => `${one.id}: ${one.status}`),
      ...exercises.flatMap((one) => one.notes.map((note) => `${one.id}: ${note}`)),
    ];
    const words = [...notes, ...(status === "graded" ? told : [])].join("; ");
    return [student, assignment, status, earned, points, ...own, late ?? "", words];
  });
  return [head, ...rows].map(csvLine).join("");
}
