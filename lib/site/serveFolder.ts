import { createReadStream, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { SITE_HEADERS } from "./siteHeaders";

/** How a folder is served. */
export interface ServeOptions {
  /** Default any free one. */
  port?: number;
  /** The path under which it lies, ends in a slash; default "/". */
  base?: string;
  /** Whether the site's headers are set, as not every host can; default true. */
  isolated?: boolean;
  /** Called with each file that is sent. */
  onFile?: (file: string) => void;
}

/** A folder that is served. */
export interface ServedFolder {
  url: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  ...{ ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" },
  ...{ ".ipynb": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon" },
  ...{ ".wasm": "application/wasm", ".woff2": "font/woff2", ".woff": "font/woff", ".webmanifest": "application/manifest+json" }, // prettier-ignore
};

/**
 * Serves the files of a folder on loopback, as a host of static files does, with the headers by which a page may share
 * memory with its workers.
 *
 * @throws Error where the port is taken
 */
export async function serveFolder(folder: string, options: ServeOptions = {}): Promise<ServedFolder> {
  const { port = 0, base = "/", isolated = true, onFile = () => {} } = options;
  const server = createServer((request, response) => {
    const path = pathOf(request.url ?? "/");
    const file = path?.startsWith(base) ? fileAt(folder, path.slice(base.length)) : undefined;
    const headers = { ...(isolated && SITE_HEADERS), "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff" };
    if (path === undefined) return void response.writeHead(400, headers).end("This is no address.");
    if (file === undefined) return void response.writeHead(404, headers).end("There is no such file.");
    onFile(file);
    response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, close: () => closed(server) };
}

/** The path that is asked for; undefined where it cannot be read. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
}

/** The file for a path, that of a folder's page among them; undefined where there is none, or it lies outside. */
function fileAt(folder: string, path: string): string | undefined {
  const inside = normalize(`/${path}`);
  const candidates = [join(folder, inside), join(folder, inside, "index.html")];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
