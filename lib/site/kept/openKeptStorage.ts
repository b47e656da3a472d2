/// <reference lib="dom" />
import { openIndexedStorage } from "./indexedStorage";
import type { KeptStorage } from "./keptStorage";
import { openPrivateStorage } from "./privateStorage";

/** The path of a site by the address of its kernel's assets. */
export function sitePath(assets: string): string {
  return new URL(assets).pathname.replace(/extensions\/[^/]+\/static\/$/, "");
}

/**
 * Opens what a browser keeps for a site: files of the origin's private file system
 * (https://fs.spec.whatwg.org), or a database where a browser has none or cannot write to it.
 *
 * @param site - the path of the site: others of the same host have files of their own
 * @throws Error where the browser keeps nothing, as its settings may say
 */
export async function openKeptStorage(site: string): Promise<KeptStorage> {
  const name = `atelier ${site}`;
  return (await openPrivateStorage(name)) ?? openIndexedStorage(name);
}
