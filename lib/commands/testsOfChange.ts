import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { projectRoot } from "../files";

/** Which tests a change can touch, the nearest first. */
export interface TouchedTests {
  /** Paths from the project's folder, with slashes, as in test/data/csv.test.ts. */
  files: string[];
  /** Those that would take longer than there is time. */
  leftOut: string[];
}

/** What `testsOfChange` works with. */
export interface ChangeOptions {
  /** All files of the project, with slashes. */
  files: string[];
  /** Reads one of them. */
  read?: (file: string) => string;
  /** Seconds each test file took the last time. */
  seconds?: Record<string, number>;
  /** Seconds that the tests may take together. */
  limit?: number;
}

/** Seconds that a test file is taken to need as long as it is not known. */
const UNKNOWN = 3;

/**
 * The test files that a change of these files can touch: those that import one of them, through others too, the tests of
 * the same room, which may start it as a program, and the lessons where one of them is a notebook. A file that is
 * compiled otherwise, as kernels are, touches the tests of its room.
 */
export function testsOfChange(
  changed: string[],
  { files, read = readProject, seconds = {}, limit = Infinity }: ChangeOptions,
): TouchedTests {
  const tests = files.filter((file) => file.endsWith(".test.ts"));
  const distances = new Map<string, number>();
  const reach = (file: string, distance: number) => {
    if (distance < (distances.get(file) ?? Infinity)) distances.set(file, distance);
  };
  for (const [file, distance] of dependents(changed, files, read)) reach(file, distance);
  for (const file of changed) {
    const room = roomOf(file);
    for (const test of tests)
      if (room && test.startsWith(`test/${room}`)) reach(test, isMirror(file, test) ? 0.5 : 1.5);
    if (file.endsWith(".ipynb")) reach("test/lessons.test.ts", 0);
    if (file === "setup.js" || file.startsWith("package")) reach("test/setup.test.ts", 0);
  }
  const touched = tests.filter((file) => distances.has(file));
  const nearest = touched.sort((a, b) => distances.get(a)! - distances.get(b)! || a.localeCompare(b));
  let sum = 0;
  const kept = nearest.filter((file, place) => (sum += seconds[file] ?? UNKNOWN) <= limit || place === 0);
  return { files: kept, leftOut: nearest.filter((file) => !kept.includes(file)) };
}

/** Each file that imports one of these, through how many others. */
function dependents(changed: string[], files: string[], read: (file: string) => string): Map<string, number> {
  const known = new Set(files);
  const users = new Map<string, string[]>();
  for (const file of files.filter((name) => /^(lib|test|bench)\/.*\.ts$/.test(name) && !name.includes("/assembly/")))
    for (const { fileName } of ts.preProcessFile(read(file)).importedFiles) {
      const target = path.posix.join(path.posix.dirname(file), fileName);
      const found = [`${target}.ts`, target].find((name) => known.has(name));
      if (found && fileName.startsWith(".")) users.set(found, [...(users.get(found) ?? []), file]);
    }
  const distances = new Map(changed.map((file) => [file, 0]));
  for (const [file, distance] of distances)
    for (const user of users.get(file) ?? []) if (!distances.has(user)) distances.set(user, distance + 1);
  return distances;
}

/** The room whose tests a file of lib or bench has, as in "compute/simd"; that of a file in lib itself is its name. */
function roomOf(file: string): string | undefined {
  const [top, ...rest] = file.split("/");
  if (top === "bench") return ["bench", ...rest.slice(0, -1)].join("/");
  if (top !== "lib" || rest.length === 0) return undefined;
  const folders = rest.slice(0, -1).filter((name) => name !== "assembly" && name !== "native");
  return folders.length > 0 ? `${folders.join("/")}/` : rest[0].replace(/\.ts$/, ".test.ts");
}

function isMirror(file: string, test: string): boolean {
  return test === file.replace(/^lib/, "test").replace(/\.ts$/, ".test.ts");
}

function readProject(file: string): string {
  return fs.readFileSync(path.join(projectRoot, file), "utf8");
}
