import { read } from "fs";
import { join } from "path";
import { promisify } from "util";
import { INSTALLED_LIST, KEPT_MODULES } from "./builtFiles";
import { loadCompiler } from "./compiler/loadCompiler";
import type { Compiler } from "./compiler/compiler";
import { type Converter, newConverter } from "./compiler/converter";
import { newFallbackFiles } from "./fallbackFiles";
import { PROMPT_DECLARATION } from "./prompt";
import { snapshotContent } from "./snapshotContent";

/** What a kernel that was started ahead is to be, one line of JSON on its standard input. */
export interface Taking {
  /** The path of Jupyter's connection file. */
  connectionFile: string;
  /** The folder of the notebook. */
  folder: string;
  /** Variables of the environment that it was not started with. */
  env: Record<string, string>;
}

const STDIN = 0;
const CHUNK = 65_536; // bytes

/** What first cells are made of. They are compiled and never run, so that the compiler's own code is compiled by then. */
const FIRST_CELLS = [
  "1 + 1",
  'import { join } from "node:path"; const place: string = join("a", "b"); place',
  "const squares = [1, 2, 3].map((x) => x ** 2); console.log(squares)",
  "async function later<T>(value: T): Promise<T> { return value; }\nclass Point { constructor(readonly x: number) {} }",
  "for (const [key, value] of Object.entries({ a: 1 })) console.log(`${key} ${value}`);\nawait later(new Point(1))",
];

/**
 * Waits to be taken for a notebook; calls `begin` then, in its folder and with its environment. The process ends where its
 * standard input does, as that of whoever keeps it warm: nobody else knows it.
 */
export function onTaken(begin: (taking: Taking) => void): void {
  let isTaken = false;
  void warmUp(() => isTaken);
  void firstLine().then((line) => {
    if (line === undefined) return process.exit(0);
    isTaken = true;
    const taking = JSON.parse(line) as Taking;
    process.chdir(taking.folder);
    Object.assign(process.env, taking.env);
    process.argv.splice(2, Infinity, "--config-path", taking.connectionFile);
    begin(taking);
  });
}

/** The first line of the standard input; undefined where it ends before. It stays open, so that its number is given to nothing else. */
async function firstLine(): Promise<string | undefined> {
  const chunk = Buffer.alloc(CHUNK);
  for (let text = ""; ;) {
    const { bytesRead } = await promisify(read)(STDIN, chunk, 0, CHUNK, null);
    text += chunk.toString("utf8", 0, bytesRead);
    const [line, ...more] = text.split("\n");
    if (more.length > 0) return line;
    if (bytesRead === 0) return undefined;
  }
}

/** Compiles first cells, one at a time, for as long as nobody waits. */
async function warmUp(isTaken: () => boolean): Promise<void> {
  let converter: Converter | undefined;
  for (const cell of FIRST_CELLS) {
    await new Promise(setImmediate);
    if (isTaken()) return;
    converter ??= throwAwayConverter();
    converter.keep(converter.convert(cell));
  }
  converter?.settle();
}

/** What it finds out of files is not known to the kernel, which has other cells by the same names. */
function throwAwayConverter(): Converter {
  const known = snapshotContent()?.known;
  const folder = process.cwd();
  return newConverter({
    ts: loadCompiler(join(__dirname, "build")) as Compiler,
    folder,
    fallback: newFallbackFiles(folder),
    kept: KEPT_MODULES,
    installed: INSTALLED_LIST,
    declared: PROMPT_DECLARATION,
    known: known && { parsed: new Map(known.parsed) },
  });
}
