import * as path from "node:path";
import { projectRoot, shownPath } from "../files";
import { PythonError } from "../python/pythonError";
import { buildSite } from "../site/buildSite";
import { serveFolder } from "../site/serveFolder";
import { abortOnInterrupt } from "./abortOnInterrupt";
import { findLessons } from "./lessons";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run site [-- [--out FOLDER] [--serve [--port N]]]

Builds the course as a site of static files: JupyterLite with the TypeScript kernel in the browser, the lessons and their
data. Whoever opens it needs nothing installed. Building it needs Python 3.10 or newer, in which nothing is changed.

  --out FOLDER  where it goes, default dist/site; what is there is replaced
  --serve       shows it on this machine; Ctrl-C ends that
  --port N      with --serve: listens there; default any free port`;

const OPTIONS = { out: { type: "string" }, serve: { type: "boolean" }, port: { type: "string" } } as const;

/** `npm run site`: the course as a static site. */
export async function site(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  if (values.port !== undefined && !values.serve) throw new UsageError(`--port needs --serve. ${HELP.split("\n")[0]}`);
  const port = values.port === undefined ? 0 : portOf(values.port);
  const out = path.resolve(values.out ?? path.join(projectRoot, "dist", "site"));
  try {
    const bytes = await buildSite(out, { notebooks: findLessons() });
    console.log(`Built ${shownPath(out)}: ${Math.round(bytes / 1e6)} MB. Put this folder on any host of static files.`);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    console.error(`${error.message}. Only building the site needs Python; \`npm start\` runs the lessons without it.`);
    return 1;
  }
  if (values.serve) await serveUntilInterrupt(out, port);
  return 0;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`--port is "${text}"; give a whole number from 1 to 65535`);
}

async function serveUntilInterrupt(folder: string, port: number): Promise<void> {
  const served = await serveFolder(folder, { port });
  console.log(`open ${served.url}; Ctrl-C ends it`);
  const signal = abortOnInterrupt();
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await served.close();
}
