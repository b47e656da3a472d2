import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";

/** The folder of the library. */
export const library = path.join(projectRoot, "lib");

/** All files below it, from there, with slashes. */
export function libraryFiles(): string[] {
  return (fs.readdirSync(library, { recursive: true }) as string[]).map((name) => name.split(path.sep).join("/"));
}
