/// <reference lib="dom" />
import type { Contents, JupyterFrontEnd } from "@jupyterlab/application";
import { keptChannel } from "../kept/keptChannel";
import { archivePath, keptPath, parseArchive, type TakenFiles, toArchive } from "../kept/keptArchive";
import { openKeptStorage } from "../kept/openKeptStorage";

type Storage = JupyterFrontEnd["serviceManager"]["contents"];

/** Gathers all notebooks, with what was edited in them, and all files that are kept, in one archive. */
export async function exportAll(contents: Storage, site: string): Promise<Uint8Array> {
  const files: TakenFiles = new Map();
  const kept = await openKeptStorage(site);
  for (const [path, blob] of await kept.files()) files.set(archivePath(path), new Uint8Array(await blob.arrayBuffer()));
  for (const { path, content } of await notebooksIn(contents, ""))
    files.set(`notebooks/${path}`, new TextEncoder().encode(JSON.stringify(content, null, 1) + "\n"));
  return toArchive(files);
}

async function notebooksIn(contents: Storage, folder: string): Promise<Contents[]> {
  const { content } = await contents.get(folder, { content: true });
  const found = (content as Contents[]).map(async ({ path, type }) => {
    if (type === "directory") return notebooksIn(contents, path);
    return type === "notebook" ? [await contents.get(path, { content: true })] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Puts the files of an archive in place of those that are here.
 *
 * @returns how many
 * @throws Error as `parseArchive` does, and where the storage is full
 */
export async function importAll(contents: Storage, site: string, archive: Uint8Array): Promise<number> {
  const files = parseArchive(archive);
  const kept = await openKeptStorage(site);
  const channel = keptChannel(site);
  for (const [path, bytes] of files) {
    if (path.endsWith(".ipynb")) {
      await saveNotebook(contents, path.replace("notebooks/", ""), JSON.parse(new TextDecoder().decode(bytes)));
      continue;
    }
    await kept.write(keptPath(path), bytes);
    channel.postMessage({ path: keptPath(path) });
  }
  channel.close();
  return files.size;
}

/** Saves a notebook; makes its folders. */
export async function saveNotebook(contents: Storage, path: string, content: unknown): Promise<void> {
  const parts = path.split("/").slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = parts.slice(0, depth).join("/");
    const isThere = await contents.get(folder, { content: false }).catch(() => undefined);
    if (!isThere) await contents.save(folder, { type: "directory", format: "json", content: null });
  }
  await contents.save(path, { type: "notebook", format: "json", content });
}

/** Files that are kept, notebooks apart: how many, and their bytes. */
export async function countKept(site: string): Promise<{ files: number; bytes: number }> {
  const blobs = [...(await (await openKeptStorage(site)).files()).values()];
  return { files: blobs.length, bytes: blobs.reduce((sum, { size }) => sum + size, 0) };
}

/** Removes all files that are kept, notebooks apart. */
export async function removeKept(site: string): Promise<void> {
  const kept = await openKeptStorage(site);
  const channel = keptChannel(site);
  for (const path of (await kept.files()).keys()) {
    await kept.remove(path);
    channel.postMessage({ path });
  }
  channel.close();
}
