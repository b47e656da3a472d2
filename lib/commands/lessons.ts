import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import type { Notebook } from "../runner/notebook";

/**
 * The notebooks of these numbers, or all lessons, in order.
 *
 * @param numbers - as in the file names: "01", also "1"
 * @throws RangeError for a number no lesson has, with the list of those there are
 */
export function findLessons(numbers: string[] = []): string[] {
  const folder = path.join(projectRoot, "notebooks");
  const names = fs
    .readdirSync(folder)
    .filter((name) => /^\d\d-[^.]*\.ipynb$/.test(name))
    .sort();
  const chosen = numbers.length === 0 ? names : numbers.map((number) => findLesson(names, number));
  return [...new Set(chosen)].map((name) => path.join(folder, name));
}

function findLesson(names: string[], number: string): string {
  const found = names.find((name) => number !== "" && name.slice(0, 2) === number.padStart(2, "0"));
  if (found) return found;
  const known = names.map((name) => name.slice(0, 2)).join(", ");
  throw new RangeError(`There is no lesson "${number}"; the lessons are ${known}`);
}

/** The small parameters with which a lesson runs in less than a minute, from its own metadata. */
export function quickParameters(notebook: Notebook): Record<string, unknown> {
  return ownParameters(notebook, "quick");
}

/** The parameters with which a long lesson runs when all lessons run one after the other, from its own metadata. */
export function togetherParameters(notebook: Notebook): Record<string, unknown> {
  return ownParameters(notebook, "together");
}

function ownParameters({ metadata }: Notebook, kind: "quick" | "together"): Record<string, unknown> {
  const { [kind]: parameters } = (metadata.atelier ?? {}) as Partial<Record<typeof kind, Record<string, unknown>>>;
  return parameters ?? {};
}
