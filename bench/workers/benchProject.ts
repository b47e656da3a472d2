import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/files";
import { readRowResult } from "../../lib/sweep/rowResult";
import { loadSweep, rowFolder } from "../../lib/sweep/sweepFolder";
import { newProject, type Project } from "../../test/commands/project";

/** How a row of a sweep ended. */
export interface EndedRow {
  id: string;
  status: string;
  /** The recorded values, as text: the same bits, the same text. */
  numbers: string;
  /** Seconds that its notebook ran. */
  seconds: number;
}

/** Makes a copy of the project, with its lessons and data but without runs and models, in a temporary folder. */
export function copyProject(): Project {
  const project = newProject();
  const left = [join("data", "models"), join("notebooks", "lib")].map((name) => join(projectRoot, name));
  for (const name of ["data", "notebooks"])
    cpSync(join(projectRoot, name), join(project.folder, name), {
      ...{ recursive: true, preserveTimestamps: true, verbatimSymlinks: true },
      filter: (file) => !left.some((one) => file.startsWith(one)),
    });
  mkdirSync(join(project.folder, "data", "models"), { recursive: true });
  return project;
}

/** The rows of the sweep in this project, in their order. */
export function readRows({ folder }: Project, name: string): EndedRow[] {
  const runs = join(folder, "runs");
  return loadSweep(runs, name).rows.map(({ id }) => {
    const { status = "lost", metrics, seconds = 0 } = readRowResult(rowFolder(runs, id)) ?? {};
    return { id, status, numbers: metrics ? JSON.stringify(metrics) : "", seconds };
  });
}
