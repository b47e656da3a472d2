import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../browser";
import type { Project } from "../commands/project";
import { type LabServer, startLab } from "./labServer";

/** A project, a JupyterLab on it, and a browser; they are there while tests run. */
export interface UsedLab {
  project: Project;
  lab: LabServer;
  browser: Browser;
}

/** Starts all three before the tests of a suite and ends them after. */
export function useLab(newProject: () => Project): UsedLab {
  const used = {} as UsedLab;
  before(async () => {
    used.project = newProject();
    used.lab = await startLab(used.project.folder);
    used.browser = await launchBrowser();
  });
  after(async () => {
    await used.browser?.close();
    assert.equal(await used.lab?.stop(), 0);
    used.project?.remove();
  });
  return used;
}
