import { copyFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { findOrDownload } from "../data/fashionMnist";
import { OFFICIAL_FILES } from "../data/fashionMnistFiles";
import { pathOf } from "../data/fashionMnistFolder";

/** A file that cells read. */
export interface DataFile {
  /** Its path in the project, as the cells know it. */
  path: string;
  /** Where it lies here. */
  source: string;
}

/** The files of Fashion-MNIST, which are downloaded where they are not here yet. Throws as `loadFashionMnist` does. */
export async function findDataFiles(): Promise<DataFile[]> {
  const folder = await findOrDownload();
  return Object.values(OFFICIAL_FILES).map((file) => {
    const source = pathOf(folder, file)!;
    return { path: `data/fashion-mnist/${basename(source)}`, source };
  });
}

/** Copies files to where the kernel fetches them. */
export function copyData(assets: string, files: DataFile[]): void {
  for (const { path, source } of files) {
    mkdirSync(dirname(join(assets, path)), { recursive: true });
    copyFileSync(source, join(assets, path));
  }
}
