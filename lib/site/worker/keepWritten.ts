import { keepFiles } from "../kept/keepFiles";
import { openKeptStorage, sitePath } from "../kept/openKeptStorage";
import { VIRTUAL_ROOT } from "../virtualRoot";

const FOLDERS = [`${VIRTUAL_ROOT}/data`, `${VIRTUAL_ROOT}/notebooks`, "/home"];

/** Keeps what cells write beside the library: models, checkpoints, files of their own. Where a browser keeps nothing, says so. */
export async function keepWritten(assets: string): Promise<void> {
  const site = sitePath(assets);
  const report = (line: string) => console.warn(line);
  try {
    await keepFiles(await openKeptStorage(site), { folders: FOLDERS, site, report });
  } catch (error) {
    report(`This browser keeps no files (${(error as Error).message}): models and checkpoints end with the kernel.`);
  }
}
