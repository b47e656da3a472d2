import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decompress } from "./decompress";
import { checkSum, MIRRORS, OFFICIAL_FILES, type OfficialFile } from "./fashionMnistFiles";

/** As much of the standard fetch as is used here. */
export type Fetch = (url: string, init: { signal: AbortSignal }) => Promise<FetchResponse>;

interface FetchResponse {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  body: { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }> } } | null;
}

/** Options of `download`. */
export interface DownloadOptions {
  fetch?: Fetch;
  /** Called with each line about what is downloaded. */
  log?: (line: string) => void;
  /** Aborts the download; the reason is thrown. */
  signal?: AbortSignal;
  /** Addresses of folders, each ending in a slash; tried in turn, default the public ones. */
  mirrors?: string[];
  /** Milliseconds before the second attempt, doubled after each, default 500. */
  pause?: number;
  /** Milliseconds without a byte after which an attempt is given up, default 30,000. */
  patience?: number;
}

/** How often each mirror is asked for a file. */
const ROUNDS = 2;

/**
 * Downloads those of the four official files which the folder does not hold. Each is checked against its sum and only
 * then moved into place, so that the folder never holds a partial or wrong file.
 *
 * @throws Error when no mirror gives a file, with the last failure as its cause
 */
export async function downloadFashionMnist(folder: string, options: DownloadOptions = {}): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const file of Object.values(OFFICIAL_FILES)) {
    const isThere = existsSync(join(folder, `${file.name}.gz`)) || existsSync(join(folder, file.name));
    if (!isThere) save(join(folder, file.name), await downloadFile(file, options));
  }
}

function save(path: string, bytes: Uint8Array): void {
  // A server may have unpacked the file on its way.
  const target = bytes[0] === 0x1f ? `${path}.gz` : path;
  const partial = `${target}.${process.pid}.part`;
  try {
    writeFileSync(partial, bytes);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
}

async function downloadFile(file: OfficialFile, options: DownloadOptions): Promise<Uint8Array> {
  const { mirrors = MIRRORS, pause = 500, log = console.log, signal } = options;
  let failure: unknown;
  for (let attempt = 0; attempt < ROUNDS * mirrors.length; attempt++) {
    const url = `${mirrors[attempt % mirrors.length]}${file.name}.gz`;
    try {
      if (attempt > 0) await sleep(pause * 2 ** (attempt - 1), undefined, { signal });
      return await downloadOnce(url, file, options);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      failure = error;
      log(`${url} failed: ${reasonOf(error)}`);
    }
  }
  throw new Error(
    `loadFashionMnist(): could not download ${file.name}.gz from ${mirrors.join(", ")} (${reasonOf(failure)}); check the ` +
      `network, or put the four files into a folder and name it in FASHION_MNIST_DIR`,
    { cause: failure },
  );
}

/** A failed fetch hides the reason in its cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || cause.name})` : message;
}

async function downloadOnce(url: string, file: OfficialFile, options: DownloadOptions): Promise<Uint8Array> {
  const { fetch = globalThis.fetch as Fetch, log = console.log, signal, patience = 30_000 } = options;
  const watch = watchdog(patience, signal);
  try {
    log(`Downloading ${url}`);
    const response = await fetch(url, { signal: watch.signal });
    const bytes = await readBody(response, file, { log, alive: watch.alive });
    checkSum(decompress(bytes, { maxBytes: file.bytes }), file);
    return bytes;
  } finally {
    watch.end();
  }
}

async function readBody(
  response: FetchResponse,
  file: OfficialFile,
  { log, alive }: { log: (line: string) => void; alive: () => void },
): Promise<Uint8Array> {
  if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
  const total = Number(response.headers.get("content-length")) || file.bytes;
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let tenths = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    alive();
    chunks.push(part.value as Uint8Array);
    length += chunks[chunks.length - 1].length;
    if (length > file.bytes) throw new RangeError(`got more than the ${file.bytes} bytes of the unpacked file`);
    if (Math.floor((10 * length) / total) > tenths) {
      tenths = Math.floor((10 * length) / total);
      log(`${file.name}.gz: ${10 * tenths} % of ${sizeOf(total)}`);
    }
  }
  return Buffer.concat(chunks);
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A signal that fires with the caller's, or when `alive()` has not been called for some time. */
function watchdog(patience: number, outer?: AbortSignal): { signal: AbortSignal; alive(): void; end(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort(outer?.reason);
  const giveUp = () => controller.abort(new Error(`no byte came for ${patience} ms`));
  let timer = setTimeout(giveUp, patience);
  const end = () => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
    controller.abort(); // closes the connection where the answer was not read to its end
  };
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, patience);
  };
  outer?.addEventListener("abort", stop);
  if (outer?.aborted) stop();
  return { signal: controller.signal, alive, end };
}
