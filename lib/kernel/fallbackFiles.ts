import { existsSync, realpathSync, statSync } from "fs";
import { dirname, join, parse } from "path";

/**
 * What a notebook finds where its own folder has nothing: this library as `./lib`, if there is no such folder, and this
 * package's own packages behind those that the user has installed.
 */
export interface FallbackFiles {
  /** The real path behind one that is not there; undefined where there is none. Slashes as they come. */
  behind(path: string): string | undefined;
  /** The folders of this package's own packages, the nearest first. */
  packageFolders: string[];
  /** Folders of declarations that count without an import, as those of Node. */
  typeRoots: string[];
  /** The path within this library of a file that is one of it, found behind or not; with slashes. */
  inLibrary(path: string): string | undefined;
  /** Where a compiled file really lies: below this library, if it was found behind; else where it says. */
  placeOf(compiled: string): string;
}

const library = dirname(realpathSync(__dirname));

/** The folders in which this package's packages may lie, the nearest first. */
const packageFolders = foldersAbove(dirname(library))
  .map((folder) => join(folder, "node_modules"))
  .filter(existsSync);

/** Fallbacks for a kernel that works in this folder. */
export function newFallbackFiles(folder: string): FallbackFiles {
  const own = `${slashed(folder).replace(/\/$/, "")}/lib/`;
  const last = `${slashed(parse(folder).root)}node_modules/`; // where every search for a package ends
  const candidates = (name: string): string[] => {
    if (`${name}/`.startsWith(own)) return existsSync(own) ? [] : [join(library, name.slice(own.length))];
    if (!`${name}/`.startsWith(last)) return [];
    return packageFolders.map((packages) => join(packages, name.slice(last.length)));
  };
  const behind = (path: string): string | undefined => {
    const found = candidates(slashed(path)).find((candidate) => existsSync(candidate));
    return found !== undefined && !existsSync(path) ? found : undefined;
  };
  const placeOf = (compiled: string) => {
    const sources = [compiled, compiled.replace(/\.js$/, ".ts")];
    const found = sources.some(existsSync) ? undefined : sources.map(behind).find((path) => path !== undefined);
    return found?.replace(/\.ts$/, ".js") ?? compiled;
  };
  const typeRoots = packageFolders.map((packages) => join(packages, "@types")).filter(existsSync);
  const inLibrary = (path: string) => {
    const real = behind(path) ?? (existsSync(path) ? realpathSync(path) : "");
    return real.startsWith(join(library, "/")) ? slashed(real.slice(library.length + 1)) : undefined;
  };
  return { behind, inLibrary, packageFolders, typeRoots, placeOf };
}

/** What reads files for a compiler. */
interface FileReader {
  fileExists(path: string): boolean;
  readFile(path: string, encoding?: string): string | undefined;
  directoryExists?(path: string): boolean;
  realpath?(path: string): string;
  getDirectories?(path: string): string[];
  readDirectory?(path: string, ...wanted: unknown[]): string[];
}

/** The methods of a reader, which then also finds what lies behind. */
export function withFallback<Reader extends FileReader>(reader: Reader, { behind }: FallbackFiles): FileReader {
  const readDirectory = (path: string, ...wanted: unknown[]) => reader.readDirectory?.(path, ...wanted) ?? [];
  return {
    fileExists: (path) => reader.fileExists(path) || isFile(behind(path)),
    readFile: (path, encoding) => reader.readFile(behind(path) ?? path, encoding),
    directoryExists: (path) => (reader.directoryExists?.(path) ?? existsSync(path)) || behind(path) !== undefined,
    realpath: (path) => {
      const found = behind(path);
      return found && path.includes("node_modules") ? slashed(realpathSync(found)) : (reader.realpath?.(path) ?? path);
    },
    getDirectories: (path) => {
      const more = ["lib"].filter((name) => behind(join(path, name)) !== undefined);
      return [...(reader.getDirectories?.(behind(path) ?? path) ?? []), ...more];
    },
    readDirectory: (path, ...wanted) => {
      const found = behind(path);
      if (found === undefined) return readDirectory(path, ...wanted);
      return readDirectory(found, ...wanted).map((name) => `${path.replace(/\/$/, "")}${slashed(name).slice(found.replace(/[\\/]$/, "").length)}`); // prettier-ignore
    },
  };
}

function isFile(path: string | undefined): boolean {
  return path !== undefined && statSync(path).isFile();
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}

function slashed(path: string): string {
  return path.replace(/\\/g, "/");
}
