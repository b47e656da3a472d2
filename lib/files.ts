import * as fs from "node:fs";
import * as path from "node:path";

/** The folder that holds package.json, also where a notebook reaches `lib` through its link. */
export const projectRoot = path.dirname(fs.realpathSync(__dirname));

/** A path as people should read it: within the project from its root, elsewhere whole. */
export function shownPath(file: string): string {
  const within = path.relative(projectRoot, path.resolve(file));
  return within.startsWith("..") || path.isAbsolute(within) ? file : within.split(path.sep).join("/");
}

/** Writes a file so that whatever interrupts, all of the old content or all of the new one stands there. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  await fs.promises.mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  await fs.promises.writeFile(draft, content);
  await fs.promises.rename(draft, file);
}
