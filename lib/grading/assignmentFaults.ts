import ts from "typescript";
import type { Notebook } from "../runner/notebook";
import { type GradedCell, gradedCells } from "./gradedCell";
import { countRegions, regionFaults } from "./regions";

/**
 * What keeps a notebook from being an assignment, a line for each fault with the cell it is in: marks that are not in order
 * or stand in the wrong cell, ids that are missing or used twice, points that are none, a check without a value, an answer
 * that nothing checks. Empty where all is in order.
 */
export function assignmentFaults(notebook: Notebook): string[] {
  const graded = gradedCells(notebook);
  const isChecked = graded.some(({ kind }) => kind === "check");
  return [
    ...notebook.cells.flatMap(({ id, source }) => regionFaults(source).map((fault) => `cell ${id}: ${fault}`)),
    ...misplaced(notebook, graded),
    ...idFaults(graded),
    ...graded.flatMap((cell) => cellFaults(cell).map((fault) => `cell ${cell.cell.id}: ${fault}`)),
    ...(isChecked ? [] : ["no cell checks an answer: the metadata nbgrader with grade: true makes a check"]),
  ];
}

/** Marks outside of the cells they are for would stay in the students' version. */
function misplaced({ cells }: Notebook, graded: GradedCell[]): string[] {
  const kinds = new Map(graded.map(({ cell, kind }) => [cell, kind]));
  const places = { SOLUTION: "answer", "HIDDEN TESTS": "check" } as const;
  return cells.flatMap((cell) =>
    (["SOLUTION", "HIDDEN TESTS"] as const)
      .filter((region) => countRegions(cell.source, region) > 0 && kinds.get(cell) !== places[region])
      .map(
        (region) => `cell ${cell.id}: ${region} begins in a cell whose metadata do not make it the ${places[region]}`,
      ),
  );
}

function idFaults(graded: GradedCell[]): string[] {
  const seen = new Map<string, string>();
  return graded.flatMap(({ id, cell }) => {
    const place = `cell ${cell.id}:`;
    if (!/^[\w-]+$/.test(id))
      return [`${place} the grade_id is "${id}"; give letters, digits, _ and - that no other cell has`];
    const first = seen.get(id);
    if (first !== undefined)
      return [`${place} the grade_id "${id}" is that of cell ${first} already; give each its own`];
    seen.set(id, cell.id);
    return [];
  });
}

function cellFaults({ cell, kind, points }: GradedCell): string[] {
  if (cell.cell_type !== "code" && kind !== "locked") return [`a cell of text cannot be the ${kind}; code is wanted`];
  if (kind === "answer" && isGradedByHand(cell.metadata.nbgrader))
    return ["it is to be graded by hand; set grade: false"];
  if (kind === "answer" && countRegions(cell.source, "SOLUTION") === 0)
    return ["the answer has no solution; put one between // ### BEGIN SOLUTION and // ### END SOLUTION"];
  if (kind !== "check") return [];
  const faults = points > 0 ? [] : ["the check has no points; give it points above 0"];
  return endsWithValue(cell.source)
    ? faults
    : [...faults, "the check does not end with a value; end it with the points"];
}

function isGradedByHand(nbgrader: unknown): boolean {
  return (nbgrader as { grade?: unknown }).grade === true;
}

function endsWithValue(source: string): boolean {
  const { statements } = ts.createSourceFile("check.ts", source, ts.ScriptTarget.ES2022);
  const last = statements[statements.length - 1];
  return last !== undefined && ts.isExpressionStatement(last);
}
