import { createHash } from "crypto";
import { basename } from "path";
import { cellTitles } from "../runner/headings";
import { type Cell, hasTag, isRecord, type Notebook } from "../runner/notebook";
import { loadNotebook } from "../runner/parseNotebook";
import { assignmentFaults } from "./assignmentFaults";
import { type GradedCell, gradedCells } from "./gradedCell";
import { withValues } from "./withValues";

/** A notebook with exercises, ready to be handed out. */
export interface Assignment {
  /** The name of its file, without the ending. */
  name: string;
  file: string;
  /** With solutions and hidden tests, without outputs, with the small values of its parameters. */
  notebook: Notebook;
  exercises: Exercise[];
  /** A hash of all its cells. */
  version: string;
}

/** A check with the answers that it is about: those since the check before. */
export interface Exercise {
  /** The `grade_id` of the check. */
  id: string;
  title: string;
  points: number;
  check: Cell;
  answers: GradedCell[];
}

/** The grade_id of the cell of parameters. */
const PARAMETERS = "parameters";

/**
 * Reads an assignment.
 *
 * @param file - a lesson, or any notebook in the form of docs/course.md
 * @throws SyntaxError for a file that is no notebook, RangeError with every fault for one that is no assignment
 */
export function loadAssignment(file: string): Assignment {
  const source = loadNotebook(file);
  const faults = assignmentFaults(source);
  if (faults.length > 0)
    throw new RangeError(`${file} cannot be handed out: ${faults.join("; ")} (docs/course.md has the form)`);
  const notebook = prepared(source);
  const hash = createHash("sha256");
  for (const { cell_type, source: text, metadata } of notebook.cells)
    hash.update(JSON.stringify([cell_type, text, metadata.nbgrader ?? null]));
  const version = hash.digest("hex").slice(0, 12);
  return { name: basename(file, ".ipynb"), file, notebook, exercises: exercisesOf(notebook), version };
}

/** Without outputs, with all code to be seen, and small values in the cell of parameters, which is locked. */
function prepared(source: Notebook): Notebook {
  const { quick } = isRecord(source.metadata.atelier) ? source.metadata.atelier : {};
  const values = isRecord(quick) ? quick : {};
  const cells = source.cells.map((cell) => {
    const plain = { ...cell, metadata: visible(cell), outputs: [], execution_count: null };
    if (!hasTag(cell, "parameters")) return plain;
    const nbgrader = {
      grade: false,
      grade_id: PARAMETERS,
      locked: true,
      schema_version: 3,
      solution: false,
      task: false,
    };
    return { ...plain, source: withValues(cell.source, values), metadata: { nbgrader, ...plain.metadata } };
  });
  return { ...source, cells };
}

/** The metadata of a cell without what folds away or hides anything of an exercise, and without the times of a run. */
function visible({ metadata }: Cell): Cell["metadata"] {
  if (!("nbgrader" in metadata)) return { ...metadata };
  const { tags = [], ...others } = metadata;
  const entries = Object.entries(others).filter(([name]) => !["jupyter", "papermill", "execution"].includes(name));
  const shown = tags.filter((tag) => !/^(hide|remove)[-_]/.test(tag));
  return { ...Object.fromEntries(entries), ...(shown.length > 0 && { tags: shown }) };
}

function exercisesOf(notebook: Notebook): Exercise[] {
  const titles = cellTitles(notebook);
  let answers: GradedCell[] = [];
  return gradedCells(notebook).flatMap((graded) => {
    if (graded.kind === "answer") answers.push(graded);
    if (graded.kind !== "check") return [];
    const { id, points, cell: check } = graded;
    const exercise = { id, points, check, answers, title: titles.get(check) ?? id };
    answers = [];
    return [exercise];
  });
}
