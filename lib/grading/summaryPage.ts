import type { Cell, Notebook } from "../runner/notebook";
import { toHTML } from "../runner/toHTML";
import { duration, escapeHTML } from "../text";
import { lateText } from "./feedbackPage";
import { fileName } from "./fileName";
import { htmlCell, proseCell } from "./pageCells";
import type { Grade } from "./gradeSubmission";
import type { ExerciseGrade } from "./scoreExercise";
import { shownPoints } from "../course/earned";

/** The teacher's page: a row for each student, with a link to the feedback, and how each exercise came out. */
export function summaryPage(grades: Grade[]): string {
  const title = `${[...new Set(grades.map(({ assignment }) => assignment))].join(", ")}: ${grades.length} students`;
  const notebook: Notebook = {
    cells: [
      proseCell("title", `# ${title}`),
      ...section("Exercises", exerciseTable(grades)),
      ...section("Students", studentTable(grades)),
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
  return toHTML(notebook, { title });
}

function section(heading: string, html: string): Cell[] {
  const id = heading.toLowerCase();
  return [proseCell(id, `## ${heading}`), htmlCell(`${id}-table`, html)];
}

function exerciseTable(grades: Grade[]): string {
  const graded = grades.filter(({ status }) => status === "graded");
  const rows = (graded[0]?.exercises ?? []).map(({ id, title, points }) => {
    const all = graded.map(({ exercises }) => exercises.find((one) => one.id === id)!);
    const mean = all.reduce((sum, { earned }) => sum + earned, 0) / all.length;
    return [escapeHTML(title), `${mean.toFixed(2)} of ${shownPoints(points)}`, counts(all)];
  });
  return table(["Exercise", "Mean", "Results"], rows);
}

function counts(all: ExerciseGrade[]): string {
  const tally = new Map<string, number>();
  for (const { status } of all) tally.set(status, (tally.get(status) ?? 0) + 1);
  return [...tally].sort(([, a], [, b]) => b - a).map(([status, count]) => `${count} ${status}`).join(", "); // prettier-ignore
}

function studentTable(grades: Grade[]): string {
  const rows = grades.map((grade) => {
    const { student, status, earned, points, exercises, late, notes, seconds } = grade;
    const link = `<a href="feedback/${encodeURIComponent(fileName(student))}.html">${escapeHTML(student)}</a>`;
    const own = exercises.map((one) =>
      status === "graded" ? `${shownPoints(one.earned)} <small>${one.status}</small>` : "",
    );
    const remarks = [
      ...(status === "graded" ? [] : [status]),
      ...(late === undefined ? [] : [lateText(late)]),
      ...notes,
      ...exercises.flatMap((one, place) => one.notes.map((note) => `${place + 1}: ${note}`)),
    ].map((remark) => `<div>${escapeHTML(remark)}</div>`);
    return [
      link,
      `${shownPoints(earned)} of ${shownPoints(points)}`,
      ...own,
      remarks.join(""),
      duration(seconds * 1000),
    ];
  });
  const count = grades[0]?.exercises.length ?? 0;
  return table(["Student", "Points", ...Array.from({ length: count }, (_, i) => `${i + 1}`), "Notes", "Time"], rows);
}

/** Long texts get room also where the window is narrow; the table then scrolls. */
const WIDE = '<th style="min-width:15rem">Notes';

function table(head: string[], rows: string[][]): string {
  const cells = (row: string[], tag: string) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
  return `<table><thead><tr>${cells(head, "th").replace("<th>Notes", WIDE)}</tr></thead><tbody>${body}</tbody></table>`;
}
