import { cpSync } from "fs";
import { join } from "path";

/**
 * Makes the folder ready in which JupyterLab keeps its own settings: the style that lets figures scroll is put there.
 *
 * @returns the folder
 */
export function prepareHome(home: string): string {
  cpSync(join(__dirname, "custom"), join(home, "config", "custom"), { recursive: true });
  return home;
}
