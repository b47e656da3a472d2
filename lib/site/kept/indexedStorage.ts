/// <reference lib="dom" />
import type { KeptStorage } from "./keptStorage";

const STORE = "files";

/**
 * Files in a database of the browser.
 *
 * @param name - of the database
 */
export async function openIndexedStorage(name: string): Promise<KeptStorage> {
  const opened = indexedDB.open(name, 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore(STORE);
  const database = await resultOf(opened);
  const store = () => database.transaction(STORE).objectStore(STORE);
  const change = (work: (files: IDBObjectStore) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      work(transaction.objectStore(STORE));
    });
  return {
    files: async () => {
      const files = store();
      const [paths, contents] = await Promise.all([resultOf(files.getAllKeys()), resultOf(files.getAll())]);
      return new Map(paths.map((path, i) => [String(path), contents[i] as Blob]));
    },
    read: (path) => resultOf(store().get(path)) as Promise<Blob | undefined>,
    write: (path, content) => change((files) => files.put(new Blob([content as Blob]), path)),
    remove: (path) =>
      change((files) => {
        files.delete(path);
        files.delete(IDBKeyRange.bound(`${path}/`, `${path}0`)); // "0" follows "/"
      }),
  };
}

function resultOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
