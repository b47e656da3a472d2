import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findLessons, quickParameters } from "../../lib/commands/lessons";
import { projectRoot } from "../../lib/files";
import { saveNotebook } from "../../lib/runner/formatNotebook";
import { injectParameters } from "../../lib/runner/parameters/injectParameters";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { newProject, type Project } from "../commands/project";

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
 * @param values - values in place of quick ones
 * @returns the file, from the project's folder
 */
export function writeQuickLesson({ folder }: Project, lesson: string, name = lesson, values: object = {}): string {
  const notebook = loadNotebook(findLessons([lesson])[0]);
  const quick = injectParameters(notebook, { ...quickParameters(notebook), ...values });
  for (const cell of quick.cells) Object.assign(cell, { outputs: [], execution_count: null });
  const file = join("notebooks", `${name}.ipynb`);
  saveNotebook(join(folder, file), quick);
  return file;
}
