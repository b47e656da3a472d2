import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadModels } from "../demo/models/loadModels";
import { installExtension } from "../lab/installExtension";
import { buildLite } from "./buildLite";
import { writeContents } from "./contents";
import { makeDataFiles, writeData } from "./dataFiles";
import { writeDemo } from "./demo/writeDemo";
import { writeHostFiles } from "./hostFiles";
import { writeKernelExtension } from "./kernelExtension";
import { writeServiceWorker } from "./serviceWorker";
import { siteEnvironment } from "./siteEnvironment";
import { writeStartPage } from "./startPage";

/** What a site is built from. */
export interface SiteOptions {
  /** The notebooks that it shows, in order. */
  notebooks: string[];
  /** Trains the demo's models for a moment only, where there are none: its answers mean nothing. Default false. */
  quick?: boolean;
  /** Called with each step; default `console.log`. */
  log?: (line: string) => void;
}

/**
 * Builds the site: JupyterLite with the kernel, the library, the data and the notebooks, and the demo, in a folder that any
 * host of static files serves, under any path.
 *
 * @param out - the folder; what is there is replaced
 * @returns bytes of all files
 * @throws PythonError where there is no Python that can build it, Error where JupyterLite fails
 */
export async function buildSite(
  out: string,
  { notebooks, quick = false, log = console.log }: SiteOptions,
): Promise<number> {
  const python = siteEnvironment({ log });
  const data = await makeDataFiles();
  const models = await loadModels({ quick, log });
  log("Bundling the kernel and packing the library …");
  const labExtensions = join(dirname(dirname(python)), "share", "jupyter", "labextensions");
  installExtension(labExtensions);
  await writeKernelExtension(labExtensions, data);
  log("Building JupyterLite …");
  const folder = mkdtempSync(join(tmpdir(), "atelier-site-"));
  try {
    const site = buildLite(python, folder);
    writeContents(site, notebooks);
    const assets = join(site, "extensions", "atelier-kernel", "static");
    writeData(assets, data);
    await writeDemo(models, { page: join(site, "demo"), assets });
    for (const name of filesOf(site)) if (name.endsWith(".map")) rmSync(join(site, name));
    writeStartPage(site, notebooks);
    writeHostFiles(site, filesOf(site));
    writeServiceWorker(site, filesOf(site));
    rmSync(out, { recursive: true, force: true });
    mkdirSync(dirname(out), { recursive: true });
    cpSync(site, out, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return filesOf(out).reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
}

/** All files of a folder, by their paths from it, with slashes. */
function filesOf(folder: string): string[] {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile()); // prettier-ignore
  return names.map((name) => name.replace(/\\/g, "/")).sort();
}
