import { copyFileSync, mkdirSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import ts from "typescript";
import { projectRoot, replaceFile } from "../files";
import { cellOptions } from "../kernel/compiler/cellOptions";
import { newFallbackFiles } from "../kernel/fallbackFiles";
import { library, libraryFiles } from "../packages/libraryFiles";
import type { DataFile } from "./dataFiles";
import { KERNELS } from "./kernels";
import { VIRTUAL_ROOT } from "./virtualRoot";
import type { Library } from "./worker/fetchLibrary";

/** The rooms of lib that notebooks call. */
const ROOMS = "chart checksum compute course data demo files forecast interrupt lock notebook random recommend text threads vision widgets".split(" "); // prettier-ignore

/** Texts that the library reads as it runs. */
const STYLES = [join(projectRoot, "lib", "demo", "docs", "docs.css")];

/**
 * Packs what the kernel's compiler reads: the library's code, the types of its packages, of Node and of JavaScript.
 *
 * @param out - the folder of the site's assets
 * @param data - files of the project that lie there too, and are fetched when they are read
 * @returns bytes of the packed file
 */
export function packLibrary(out: string, data: DataFile[] = []): number {
  const files = Object.fromEntries(filesRead().map((file) => [virtual(file), readFileSync(file, "utf8")]));
  const remote = Object.fromEntries(
    [...KERNELS, ...data.map(({ path }) => path)].map((file) => [`${VIRTUAL_ROOT}/${file}`, file]),
  );
  const library: Library = { files, links: { [`${VIRTUAL_ROOT}/notebooks/lib`]: "../lib" }, remote };
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith(".tab.ts")) continue;
    files[path.replace(".tab.ts", ".ts")] = text;
    delete files[path];
  }
  files[`${VIRTUAL_ROOT}/notebooks/.keep`] = "";
  for (const file of KERNELS) copyInto(out, file);
  const packed = gzipSync(JSON.stringify(library), { level: 9 });
  replaceFile(join(out, "library.bin"), packed);
  return packed.length;
}

function copyInto(out: string, file: string): void {
  mkdirSync(dirname(join(out, file)), { recursive: true });
  copyFileSync(join(projectRoot, file), join(out, file));
}

/** What a compiler reads that checks all of these rooms, as the kernel would. */
function filesRead(): string[] {
  const folder = join(projectRoot, "notebooks");
  const options = cellOptions(ts, folder, newFallbackFiles(folder));
  const found = new Set<string>([join(projectRoot, "package.json"), join(projectRoot, "tsconfig.json"), ...STYLES]);
  const host = ts.createCompilerHost(options);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const { fileExists, readFile } = host;
  host.fileExists = (name) => {
    const isThere = fileExists(name);
    if (isThere && name.endsWith("package.json")) found.add(name);
    return isThere;
  };
  host.readFile = (name) => (found.add(name), readFile(name));
  const program = ts.createProgram(roomFiles(), { ...options, preserveSymlinks: false }, host);
  for (const { fileName } of program.getSourceFiles()) found.add(fileName);
  for (const name of [...namedTypes(), ...exampleFiles()]) found.add(name);
  return [...new Set([...found].filter(fileExists).map((name) => realpathSync(name)))];
}

function roomFiles(): string[] {
  const isRoom = (name: string) => ROOMS.includes(name.split("/")[0].replace(/\.ts$/, ""));
  const isWanted = (name: string) => name.endsWith(".ts") && isRoom(name) && !/\.browser\.ts$|\/assembly\//.test(name);
  return libraryFiles().filter(isWanted).map((name) => join(library, name)); // prettier-ignore
}

/** All declarations of Node, of JavaScript's library and of tslab, which a cell may name. */
function namedTypes(): string[] {
  const packages = join(projectRoot, "node_modules");
  return [
    ...within(join(packages, "@types/node"), /\.d\.ts$|package\.json$/),
    ...within(join(packages, "typescript/lib"), /^lib\..*\.d\.ts$/),
    ...within(join(packages, "tslab"), /^(package\.json|dist.public\.d\.ts)$/),
  ];
}

/** The language service shows them with the functions. */
function exampleFiles(): string[] {
  return within(join(projectRoot, "test", "examples"), /\.ts$/);
}

/** The files below a folder whose paths from it are of this kind. */
function within(folder: string, kind: RegExp): string[] {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names.filter((name) => kind.test(name)).map((name) => join(folder, name));
}

function virtual(file: string): string {
  return `${VIRTUAL_ROOT}/${relative(projectRoot, file).split(sep).join("/")}`;
}
