/// <reference lib="dom" />

/** The files of the virtual file system. */
export interface Library {
  /** Texts by their paths. */
  files: Record<string, string>;
  /** What links lead to, by their paths. */
  links: Record<string, string>;
  /** Addresses within the assets, by the paths of files that are fetched when they are read. */
  remote: Record<string, string>;
}

/**
 * Fetches the library's code and types, as `packLibrary` has packed them.
 *
 * @throws Error where the file cannot be had
 */
export async function fetchLibrary(assets: string): Promise<Library> {
  const address = new URL("library.bin", assets).href;
  const response = await fetch(address);
  if (!response.ok || !response.body)
    throw new Error(`${address} could not be fetched: status ${response.status}; is the site's folder whole?`);
  const unpacked = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).json() as Promise<Library>;
}
