/** Test files that run in one process, one after the other: starting one costs a second of loading and compiling. */
export interface TestGroup {
  name: string;
  files: string[];
  /** Whether one thread is enough for what it computes: several groups have the cores at a time. */
  oneThread: boolean;
}

/** Rooms of test in which threads are what is tried. */
const THREADED = new Set(["bench", "compute", "kernels", "packages", "recommend", "threads"]);

/**
 * Rooms of test that take longest, the first of all first: whoever starts them late waits for them alone. The commands come
 * late although they are long: their kernels find what the lessons' kernels have compiled of lib.
 */
const LONGEST = [
  "engines",
  "lessons",
  "compute",
  "kernel",
  "demo",
  "packages",
  "commands",
  "site",
  "runner",
  "bench",
  "kernels",
  "notebook",
  "recommend",
  "chart",
  "data",
  "vision",
];

/**
 * The test files in groups, a process for each: the rooms of test, and each of the files that lie in test itself. Tours of
 * a page, named tour.test.ts, mostly wait for a browser and are groups of their own.
 *
 * @param files - paths from the project's folder, as in test/data/csv.test.ts
 */
export function testGroups(files: string[]): TestGroup[] {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const [, room, ...rest] = file.replace(/\\/g, "/").split("/");
    const isTour = rest.at(-1) === "tour.test.ts";
    const name = isTour ? [room, ...rest].join("/").replace("/tour.test.ts", " tour") : room.replace(".test.ts", "");
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return Array.from(groups, ([name, members]) => ({
    name,
    files: members,
    oneThread: !THREADED.has(name.split(/[/ ]/)[0]),
  })).sort((a, b) => placeOf(a.name) - placeOf(b.name) || a.name.localeCompare(b.name));
}

function placeOf(name: string): number {
  const place = LONGEST.indexOf(name.split("/")[0].replace(/ tour$/, ""));
  return place < 0 ? LONGEST.length : place;
}
