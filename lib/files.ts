import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/** The folder that holds package.json, also where a notebook reaches `lib` through its link. */
export const projectRoot = path.dirname(fs.realpathSync(__dirname));

/** What `node --require` takes to load TypeScript files. */
export const typeScriptLoader = path.join(projectRoot, "lib", "commands", "loadTypeScript.js");

/** Where models and checkpoints are kept: in data/models, or where the variable ATELIER_MODELS says. */
export function modelsFolder(): string {
  return process.env.ATELIER_MODELS ?? path.join(projectRoot, "data", "models");
}

/** A path as people should read it: within the project from its root, elsewhere whole. */
export function shownPath(file: string): string {
  const within = path.relative(projectRoot, path.resolve(file));
  return within.startsWith("..") || path.isAbsolute(within) ? file : within.split(path.sep).join("/");
}

/** Writes a file so that a reader, or a crash, meets all of the old content or all of the new one; makes its folder. */
export function replaceFile(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    fs.writeFileSync(draft, content);
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * A short hash of the code that decides an outcome, to be part of a cache's name.
 *
 * @param names - folders and files of `lib`; of a folder the TypeScript files count
 */
export function codeVersion(names: string[]): string {
  const library = path.join(projectRoot, "lib");
  const filesOf = (name: string) => sourceFiles(path.join(library, name)).sort();
  const files = names.flatMap((name) =>
    name.endsWith(".ts") ? [name] : filesOf(name).map((file) => path.relative(library, file)),
  );
  const hash = createHash("sha256");
  for (const file of files) hash.update(fs.readFileSync(path.join(library, file), "utf8").replace(/\r/g, ""));
  return hash.digest("hex").slice(0, 12);
}

/** The TypeScript files below a folder. Folders named build are left out: what another process makes there comes and goes. */
function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "build" ? [] : sourceFiles(file);
    return file.endsWith(".ts") ? [file] : [];
  });
}
