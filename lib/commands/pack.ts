import * as path from "node:path";
import { projectRoot, shownPath } from "../files";
import { packages, packPackage } from "../packages/packPackage";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run pack [-- PACKAGE …] [-o FOLDER]

Makes the tarballs that npm install and npm publish take: backend, recommender and kernel; all three where none is named.

  -o FOLDER          where they go, default dist/`;

const OPTIONS = { o: { type: "string", short: "o" } } as const;

/** `npm run pack`: the packages of this project as tarballs. */
export async function pack(args: string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { options: OPTIONS, allowPositionals: true }, HELP);
  const unknown = positionals.find((name) => !packages.some(({ folder }) => folder === name));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no package "${unknown}"; there are ${packages.map(({ folder }) => folder).join(", ")}`,
    );
  const out = values.o ?? path.join(projectRoot, "dist");
  for (const source of packages.filter(({ folder }) => positionals.length === 0 || positionals.includes(folder))) {
    const { file, size, unpackedSize } = await packPackage(source, out);
    console.log(`${shownPath(file)}  ${kilobytes(size)}, ${kilobytes(unpackedSize)} unpacked`);
  }
  return 0;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
