import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot, typeScriptLoader } from "../files";
import { shortRun } from "./shortRun";
import { testGroups } from "./testGroups";
import { noteEnd, noteStart, recordFolder } from "./testRecord";

/**
 * Processes at a time: one more than cores, for some always wait; no more, for a kernel or a page that answers late is an
 * error to some tests.
 */
const PROCESSES = Math.min(Math.max(os.availableParallelism(), 2) + 1, 6);

/** Milliseconds: a file may take five times what the longest takes on two cores, and a process may take a minute to end. */
const LIMITS = { longest: 10 * 60_000, grace: 60_000 };

/** Milliseconds after which a process is killed that cannot even see that a file takes too long. */
const LONGEST_GROUP = 25 * 60_000;

/**
 * Runs test files by Node's own runner, in groups of a process each, and resolves to its exit code. It takes no patterns
 * on Node 20 and passes when it finds nothing: so the files are listed. What hangs has failed.
 */
export async function runTests(files: string[]): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-test-"));
  noteStart(files);
  let code = 1;
  try {
    const entries = testGroups(files).map((group, place) => {
      const name = `${String(place).padStart(2, "0")}-${group.name.replace(/\W+/g, "-")}.js`;
      const how = { ...LIMITS, threads: group.oneThread ? "1" : undefined };
      const call = [projectRoot, group.files, how].map((value) => JSON.stringify(value)).join(", ");
      fs.writeFileSync(path.join(folder, name), `require(${JSON.stringify(runner)})(${call});\n`);
      return path.join(folder, name);
    });
    const reporter = pathToFileURL(path.join(projectRoot, "lib", "commands", "testReporter.mjs")).href;
    const flags = [
      "--test",
      `--test-concurrency=${PROCESSES}`,
      `--test-timeout=${LONGEST_GROUP}`,
      `--test-reporter=${reporter}`,
    ];
    code = await node([...shortRun, "--require", typeScriptLoader, ...flags, ...entries]);
    return code;
  } finally {
    noteEnd(code === 0);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const runner = path.join(projectRoot, "lib", "commands", "testGroup.js");

/** Runs Node with these arguments in the project's folder and resolves to its exit code. */
function node(args: string[]): Promise<number> {
  const env = { ...process.env, ATELIER_TEST_RECORD: recordFolder };
  return new Promise((resolve) => {
    process.once("SIGINT", () => {}); // the runner hears Ctrl-C too, and this process waits for it
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("close", (code) => resolve(code ?? 1));
  });
}
