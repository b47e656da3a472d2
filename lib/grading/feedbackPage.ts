import { dirname } from "path";
import { duration, escapeHTML } from "../text";
import type { Cell, Notebook, Output } from "../runner/notebook";
import { toHTML } from "../runner/toHTML";
import type { Assignment, Exercise } from "./assignment";
import type { Grade, Graded } from "./gradeSubmission";
import type { RestoredCell } from "./restore";
import { shownPoints } from "../course/earned";
import { htmlCell, proseCell } from "./pageCells";
import { toRelease } from "./toRelease";

/**
 * The page that a student gets: the points, what was wrong, and each exercise with the answer, the check and what both
 * showed. It holds neither solutions nor hidden tests. Of a student's outputs only texts and bitmaps are shown: what else a
 * notebook may hold would run in the reader's browser.
 */
export function feedbackPage(assignment: Assignment, { grade, run }: Graded): string {
  const parts = { own: assignment.notebook.cells, released: toRelease(assignment).cells };
  const cells = run ? assignment.exercises.flatMap((exercise) => ofExercise(exercise, run.restored.cells, parts)) : [];
  const heading = cells.length > 0 ? [proseCell("exercises", "## Exercises")] : [];
  const failed = run ? failedElsewhere(run.restored.cells) : [];
  const rest = failed.length > 0 ? [proseCell("failed", "## Cells with errors"), ...failed] : [];
  const notebook: Notebook = {
    cells: [proseCell("title", "# Feedback"), table(grade), ...heading, ...cells, ...rest],
    // An error is part of what is shown, and no failure of the page.
    metadata: { execution: { allow_errors: true } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return toHTML(notebook, { title: `${grade.student} · ${grade.assignment}`, folder: dirname(assignment.file) });
}

/** The points. */
function table({ student, assignment, status, earned, points, exercises, notes, late }: Grade): Cell {
  const rows = exercises.map(({ title, earned: own, points: of, status: how, detail, notes: more }) => {
    const words = [detail, ...more].filter(Boolean).map((text) => `<div>${lines(text)}</div>`);
    return `<tr><td>${escapeHTML(title)}</td><td>${shownPoints(own)} of ${shownPoints(of)}</td><td>${how}</td><td>${words.join("")}</td></tr>`;
  });
  const remarks = [...(status === "graded" ? [] : [status]), ...(late === undefined ? [] : [lateText(late)]), ...notes];
  const list = remarks.length > 0 ? `<ul>${remarks.map((text) => `<li>${lines(text)}</li>`).join("")}</ul>` : "";
  const html = `<p><strong>${escapeHTML(student)}</strong>, ${escapeHTML(assignment)}: <strong>${shownPoints(earned)} of ${shownPoints(points)} points</strong></p>${list}
<table><thead><tr><th>Exercise</th><th>Points</th><th>Result</th><th>Details</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  return htmlCell("points", html);
}

/** "late", and by how much where that is known. */
export function lateText(seconds: number): string {
  return seconds > 0 ? `late by ${duration(seconds * 1000)}` : "late";
}

function lines(text: string): string {
  return text
    .split("\n")
    .map((line) => escapeHTML(line))
    .join("<br>");
}

/** The task as the teacher wrote it, the student's answer, and the check without its hidden tests. */
function ofExercise(
  exercise: Exercise,
  cells: RestoredCell[],
  { own, released }: Record<"own" | "released", Cell[]>,
): Cell[] {
  const first = own.indexOf((exercise.answers[0] ?? { cell: exercise.check }).cell);
  const task = own
    .slice(0, first)
    .reverse()
    .find(({ cell_type }) => cell_type === "markdown");
  const shown = released[own.indexOf(exercise.check)].source;
  const answers = cells.filter(({ answers: of }) => of === exercise).map(({ cell }) => harmless(cell));
  const check = cells.find((cell) => cell.check === exercise)!.cell;
  return [...(task ? [{ ...task }] : []), ...answers, { ...withoutCode(harmless(check)), source: shown }];
}

function failedElsewhere(cells: RestoredCell[]): Cell[] {
  return cells
    .filter(
      ({ check, answers, cell }) =>
        !check && !answers && cell.outputs.some(({ output_type }) => output_type === "error"),
    )
    .map(({ cell }) => harmless(cell));
}

/** Without the lines of code that an error shows: they may be those of hidden tests. */
function withoutCode(cell: Cell): Cell {
  const outputs = cell.outputs.map((output) => {
    return output.output_type === "error" ? { ...output, traceback: [output.evalue.split("\n")[0]] } : output;
  });
  return { ...cell, outputs };
}

const SHOWN = ["text/plain", "image/png", "image/jpeg"];

function harmless(cell: Cell): Cell {
  const outputs = cell.outputs.map((output): Output => {
    if (!("data" in output)) return output;
    const kept = Object.entries(output.data).filter(([mime, data]) => SHOWN.includes(mime) && typeof data === "string");
    return { ...output, data: Object.fromEntries(kept), metadata: {} };
  });
  return { ...cell, metadata: {}, outputs };
}
