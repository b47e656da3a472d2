/// <reference lib="dom" />
/// <reference lib="dom.asynciterable" />
import type { KeptStorage } from "./keptStorage";

/**
 * Files in the origin's private file system. A file is written beside the old one and takes its place at the end.
 *
 * @param name - of the folder with all files
 * @returns undefined where the browser has no such file system, or cannot replace files in it
 */
export async function openPrivateStorage(name: string): Promise<KeptStorage | undefined> {
  if (!("FileSystemFileHandle" in globalThis) || !("createWritable" in FileSystemFileHandle.prototype))
    return undefined;
  const root = await navigator.storage.getDirectory().catch(() => undefined); // refused in some private windows
  const folder = await root?.getDirectoryHandle(encodeURIComponent(name), { create: true });
  if (!folder) return undefined;
  return {
    files: async () => new Map(await filesOf(folder, "")),
    read: (path) => unlessMissing(async () => (await (await parentOf(folder, path)).getFileHandle(lastOf(path))).getFile()), // prettier-ignore
    write: async (path, content) => {
      const file = await (await parentOf(folder, path, true)).getFileHandle(lastOf(path), { create: true });
      const writable = await file.createWritable();
      try {
        await writable.write(content as Blob);
        await writable.close();
      } catch (error) {
        await writable.abort().catch(() => {});
        throw error;
      }
    },
    remove: async (path) =>
      unlessMissing(async () => (await parentOf(folder, path)).removeEntry(lastOf(path), { recursive: true })),
  };
}

/** Names may hold what the file system refuses. */
const nameOf = encodeURIComponent;

function lastOf(path: string): string {
  return nameOf(path.slice(path.lastIndexOf("/") + 1));
}

async function parentOf(root: FileSystemDirectoryHandle, path: string, create = false) {
  let folder = root;
  for (const part of path.split("/").slice(0, -1).filter(Boolean))
    folder = await folder.getDirectoryHandle(nameOf(part), { create });
  return folder;
}

async function filesOf(folder: FileSystemDirectoryHandle, path: string): Promise<[string, Blob][]> {
  const found: [string, Blob][] = [];
  for await (const [name, handle] of folder.entries()) {
    const place = `${path}/${decodeURIComponent(name)}`;
    if (handle.kind === "directory") found.push(...(await filesOf(handle as FileSystemDirectoryHandle, place)));
    else found.push([place, await (handle as FileSystemFileHandle).getFile()]);
  }
  return found;
}

async function unlessMissing<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (["NotFoundError", "TypeMismatchError"].includes((error as Error).name)) return undefined;
    throw error;
  }
}
