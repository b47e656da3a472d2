import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { test } from "node:test";
import { preProcessFile } from "typescript";
import { projectRoot } from "../lib/files";

/** What each room of lib may import of ours, beside itself. */
const ARROWS: Record<string, string[]> = {
  random: [],
  files: [],
  text: [],
  interrupt: [],
  checksum: [],
  lock: ["files"],
  chart: ["checksum", "text"],
  threads: ["files"],
  compute: ["threads", "files"],
  kernel: [],
  languageServer: ["kernel"],
  python: ["files"],
  lab: ["kernel", "files", "python", "chart"],
  data: ["random", "files"],
  recommend: ["random", "threads", "interrupt"],
  vision: ["data", "compute", "random", "files", "interrupt", "lock"],
  forecast: ["data", "compute", "random", "files", "interrupt"],
  notebook: ["chart", "data", "interrupt", "text"],
  widgets: ["kernel", "notebook", "chart", "text"],
  course: [],
  runner: ["kernel", "widgets", "files", "text"],
  sweep: ["random", "runner", "files", "text", "checksum", "lock"],
  grading: ["course", "runner", "kernel", "files", "text"],
  demo: ["vision", "forecast", "recommend", "compute", "chart", "data", "random", "files", "text"],
  packages: ["compute", "recommend", "threads", "interrupt", "random", "files", "kernel", "runner", "lab"],
  site: [
    ...["kernel", "runner", "notebook", "chart", "threads", "files", "python", "lab", "packages", "data", "text"],
    ...["demo", "compute"],
  ],
  kernelCommand: ["commands", "lab", "files"],
  cli: ["commands"],
};
ARROWS.commands = Object.keys(ARROWS).filter((room) => !["cli", "kernelCommand"].includes(room));

/** The only imports that leave lib: the measurements lie in a folder of their own. */
const OUTWARD = [
  "commands/bench.ts -> ../bench/recipe",
  "commands/bench.ts -> ../bench/forecast",
  "commands/bench.ts -> ../bench/transfer",
  "commands/bench.ts -> ../bench/warp",
  "commands/bench.ts -> ../bench/warpStream",
  "commands/bench.ts -> ../bench/limits",
  "commands/bench.ts -> ../bench/demo",
  "commands/bench.ts -> ../bench/demoWorkers",
  "commands/bench.ts -> ../bench/cnn",
  "commands/bench.ts -> ../bench/gpu",
  "commands/bench.ts -> ../bench/zoo",
  "commands/bench.ts -> ../bench/profile",
  "commands/bench.ts -> ../bench/kernel",
  "commands/bench.ts -> ../bench/constructs",
  "commands/bench.ts -> ../bench/language",
  "commands/bench.ts -> ../bench/workers",
  "commands/bench.ts -> ../bench/site",
  "commands/bench.ts -> ../bench/tabLesson",
  "commands/bench.ts -> ../bench/reloads",
  "commands/bench.ts -> ../bench/kills",
  "commands/bench.ts -> ../bench/hub",
  "commands/bench.ts -> ../bench/sweepSlurm",
  "commands/bench.ts -> ../bench/seeds",
  "commands/testClients.ts -> ../test/clients/testClients",
  "commands/testKernels.ts -> ../test/kernels/testKernels",
];

/** The files of lib, each with those of ours it imports, types and imports at run time among them. */
function readImports(): Map<string, string[]> {
  const names = (readdirSync(join(projectRoot, "lib"), { recursive: true }) as string[])
    .map((name) => name.split(sep).join("/"))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .filter((name) => !name.includes("/assembly/")); // AssemblyScript: another language
  return new Map(names.sort().map((name) => [name, importsOf(name, names)]));
}

function importsOf(name: string, names: string[]): string[] {
  const text = readFileSync(join(projectRoot, "lib", name), "utf8");
  const paths = preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return paths
    .filter((path) => path.startsWith(".") && !path.endsWith(".wasm"))
    .map((path) => posix.join(posix.dirname(name), path))
    .map((target) => (names.includes(`${target}.ts`) ? `${target}.ts` : target));
}

/** The first folder, or the name of a file that lies in lib itself. */
const roomOf = (name: string) => name.split("/")[0].replace(/\.ts$/, "");

/** A way from a file back to itself, if there is one. */
function findCycle(imports: Map<string, string[]>): string[] | undefined {
  const finished = new Set<string>();
  const follow = (name: string, way: string[]): string[] | undefined => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (finished.has(name)) return undefined;
    const cycle = firstOf(imports.get(name) ?? [], (next) => follow(next, [...way, name]));
    finished.add(name);
    return cycle;
  };
  return firstOf([...imports.keys()], (name) => follow(name, []));
}

function firstOf<T>(names: string[], find: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const imports = readImports();

test("lib's rooms import one another only along the arrows of the house plan", () => {
  const wrong = [...imports].flatMap(([name, targets]) =>
    targets
      .filter((target) => roomOf(target) !== roomOf(name) && !ARROWS[roomOf(name)]?.includes(roomOf(target)))
      .map((target) => `${name} -> ${target}`),
  );
  assert.deepEqual(wrong, OUTWARD);
  assert.deepEqual([...new Set([...imports.keys()].map(roomOf))].sort(), Object.keys(ARROWS).sort());
});

test("lib's imports are all read, and lead to files of lib", () => {
  const lost = [...imports].flatMap(([name, targets]) =>
    targets.filter((target) => !imports.has(target)).map((target) => `${name} -> ${target}`),
  );
  assert.deepEqual(lost, OUTWARD);
  for (const [from, to] of [
    ["cli.ts", "commands/start.ts"], // at run time
    ["runner/history.ts", "runner/runNotebook.ts"], // a type
    ["vision/train.ts", "random.ts"],
  ])
    assert.ok(imports.get(from)?.includes(to), `${from} -> ${to}`);
});

test("the kernel imports nothing of ours, and loads only what shows values, when one wants to be shown", () => {
  const files = [...imports.keys()].filter((name) => roomOf(name) === "kernel");
  const loaded = files.flatMap((name) => {
    const text = readFileSync(join(projectRoot, "lib", name), "utf8");
    return Array.from(text.matchAll(/\bload\("([^"]+)"\)/g), ([, path]) => `${posix.join("kernel", path)}.ts`);
  });
  assert.deepEqual(loaded.sort(), ["chart/flameGraph.ts", "notebook/giveDisplay.ts", "notebook/valueBundle.ts"]);
  for (const name of loaded) assert.ok(imports.has(name), name);
});

test("lib's files import one another in no circle, types included", () => {
  assert.equal(findCycle(imports)?.join(" -> "), undefined);
  assert.deepEqual(findCycle(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), ["b", "c", "b"]); // prettier-ignore
});

test("lib has no index.ts: an import names the file that holds what it takes", () => {
  assert.deepEqual([...imports.keys()].filter((name) => posix.basename(name) === "index.ts"), []); // prettier-ignore
});
