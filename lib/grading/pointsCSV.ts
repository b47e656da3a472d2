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
  return [head, ...rows].map((row) => row.map(field).join(",") + "\r\n").join("");
}

/** A field as RFC 4180 has it; a spreadsheet takes one that begins like a formula for a formula, so it gets an apostrophe. */
function field(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
