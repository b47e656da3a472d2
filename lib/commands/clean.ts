import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { readArguments } from "./usage";

const MADE_AT_RUN_TIME = ["runs", "data/models", "data/downloads", "lib/kernel/build/modules"].map(path.normalize);

const HELP = `Usage: npm run clean

Removes what runs leave behind: ${MADE_AT_RUN_TIME.join(", ")}.`;

/** `npm run clean`: removes caches and past runs. */
export async function clean(args: string[]): Promise<number> {
  readArguments(args, { options: {} }, HELP);
  for (const name of MADE_AT_RUN_TIME) {
    const folder = path.join(projectRoot, name);
    if (!fs.existsSync(folder)) continue;
    fs.rmSync(folder, { recursive: true });
    console.log(`removed ${name}`);
  }
  return 0;
}
