import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Makes sure that there is a file to read.
 *
 * @param call - what errors begin with
 * @throws RangeError where nothing is there, or a folder
 * @internal
 */
export function checkFile(call: string, file: string): void {
  const found = fs.statSync(file, { throwIfNoEntry: false });
  if (!found)
    throw new RangeError(`${call}: there is no file ${path.resolve(file)}; paths begin at the notebook's folder`);
  if (found.isDirectory()) throw new RangeError(`${call}: ${file} is a folder; give a file`);
}
