import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot, replaceFile } from "../files";
import type { RunResult } from "../runner/runNotebook";
import { toJUnit } from "../runner/toJUnit";
import { toReport } from "../runner/toReport";

/** Writes what `--json` and `--junit` ask for, and says so. */
export function writeReports(results: RunResult[], { json, junit }: { json?: string; junit?: string }): void {
  const versions = readVersions();
  const report = toReport(results, versions);
  if (json) write(json, JSON.stringify(report, null, 2) + "\n");
  if (junit) write(junit, toJUnit(report));
}

function write(file: string, text: string): void {
  replaceFile(file, text);
  console.log(`wrote ${file}`);
}

/** What ran: ours, Node's and the kernel's versions. */
function readVersions(): Record<string, string> {
  const { version, dependencies } = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  const { tslab, "@tensorflow/tfjs": tensorflow } = dependencies;
  return { atelier: version, node: process.versions.node, tslab, tensorflow };
}
