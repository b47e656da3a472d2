import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { projectRoot } from "../../lib/files";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { hasTag } from "../../lib/runner/notebook";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { newProject, type Project } from "../commands/project";
import { code } from "../runner/samples";

/** A project with the real pictures, which has trained nothing yet. */
export function newLessonProject(): Project {
  const project = newProject();
  const data = join(project.folder, "data");
  mkdirSync(data);
  symlinkSync(join(projectRoot, "data", "fashion-mnist"), join(data, "fashion-mnist"), "junction");
  return project;
}

/**
 * Writes a lesson with its quick values, and without outputs, as notebooks/NAME.ipynb of a project.
 *
 * @param values - numbers in place of quick ones
 * @returns the file, from the project's folder
 */
export function writeQuickLesson({ folder }: Project, lesson: string, name = lesson, values: object = {}): string {
  const notebook = loadNotebook(findLessons([lesson])[0]);
  const quick = Object.entries({ ...quickParameters(notebook), ...values });
  const lines = quick.map(([parameter, value]) => `const ${parameter}: number = ${value};`);
  const at = notebook.cells.findIndex((cell) => hasTag(cell, "parameters"));
  notebook.cells.splice(at + 1, 0, { ...code(lines.join("\n")), id: "quick" });
  for (const cell of notebook.cells) Object.assign(cell, { outputs: [], execution_count: null });
  const file = join("notebooks", `${name}.ipynb`);
  saveNotebook(join(folder, file), notebook);
  return file;
}
