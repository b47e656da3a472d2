import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files";
import { SITE_HEADERS } from "./siteHeaders";

/** Files that a visitor needs without a network; others, as the data, are kept once they were fetched. */
const WANTED = [
  /^(index\.html|bootstrap\.js|config-utils\.js|jupyter-lite\.json|icon-\d+x\d+\.png|manifest\.webmanifest)$/,
  /^(lab|notebooks)\//,
  /^build\/(?!(consoles|edit|repl|tree)\/).*\.(js|css|woff2|json|svg)$/,
  /^(files|api|extensions)\//,
];

/** What the demo needs beside files that the kernel needs too. */
const DEMO = /^demo\/|\/static\/(demo\.js$|models\/)/;

/** Fetched when a cell or the demo asks for them. */
const LATER =
  /\/static\/(data\/|models\/|demo\.js$|webgpu\.js$)|\.map$|\/fa-[a-z0-9-]+\.svg$|third-party-licenses\.json$/;

/**
 * Writes the site's service worker, which keeps files for times without a network, and sets the headers by which pages share
 * memory with their threads, for hosts that set none.
 *
 * @param files - all files of the site
 */
export function writeServiceWorker(site: string, files: string[]): void {
  const lessons = files.filter((name) => WANTED.some((kind) => kind.test(name)) && !LATER.test(name));
  const demo = files.filter((name) => DEMO.test(name));
  const parts = {
    lessons: { sign: "jupyter-lite.json", files: lessons },
    demo: { sign: "demo/index.html", files: demo },
  };
  const hash = createHash("sha256");
  for (const name of files) hash.update(name).update(readFileSync(join(site, name)));
  const script = readFileSync(join(__dirname, "host", "serviceWorker.js"), "utf8");
  const values = { VERSION: hash.digest("hex").slice(0, 16), PARTS: parts, HEADERS: SITE_HEADERS };
  const lines = Object.entries(values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  replaceFile(join(site, "service-worker.js"), `${lines.join("\n")}\n${script}`);
}
