import * as path from "node:path";
import { emit } from "./emit";
import { library, libraryFiles } from "./libraryFiles";

/** The rooms of lib that the kernel's package holds: the kernel, its runner, and what notebooks call. */
const ROOMS =
  /^(chart|compute|data|forecast|interrupt|kernel|notebook|recommend|runner|threads|vision|widgets|packages\/kernel)\/|^(checksum|files|kernelCommand|random|text)\.ts$/;

/** What only bundles, or other compilers, read. */
const LEFT_OUT = /\.(browser|tab)\.ts$|\.d\.ts$|\/assembly\//;

/**
 * Compiles the rooms of the kernel's package, and whatever they import, to CommonJS with types.
 *
 * @param out - the package's folder `lib`
 * @throws Error with the compiler's messages where it could not write
 */
export function compilePackage(_source: string, out: string): void {
  const names = libraryFiles().filter((name) => name.endsWith(".ts") && ROOMS.test(name) && !LEFT_OUT.test(name));
  emit({ files: names.map((name) => path.join(library, name)), out });
}
