import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ResultStore } from "./resultStore";

/** A folder as a place for results, on this machine or shared by several. */
export function folderStore(folder: string): ResultStore {
  return {
    shown: folder,
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    write: (name, content) => place(join(folder, name), content, rename),
    create: (name, content) => place(join(folder, name), content, linkUnlessThere),
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

/** Writes a draft beside the file, which `move` brings there. Nobody waits meanwhile: a folder on the network may be slow. */
async function place(
  file: string,
  content: Uint8Array | string,
  move: (draft: string, file: string) => Promise<void>,
): Promise<void> {
  const draft = join(dirname(file), `.${randomUUID()}.part`);
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(draft, content);
    await move(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A file system without hard links has nothing that writes a whole file only once: there the last one remains. */
async function linkUnlessThere(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    await rename(draft, file);
  }
}
