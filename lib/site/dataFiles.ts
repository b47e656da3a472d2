import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { findOrDownload, loadFashionMnist } from "../data/fashionMnist";
import { OFFICIAL_FILES, type OfficialFile, type SummedFile } from "../data/fashionMnistFiles";
import { partsOf } from "../data/fashionMnistParts";
import { toIdx } from "../data/idx";
import type { ImageSet } from "../data/imageSet";
import { replaceFile } from "../files";

/** A file that cells read. */
export interface DataFile {
  /** Its path in the project, as the cells know it. */
  path: string;
  content: Uint8Array;
}

/**
 * The files of Fashion-MNIST, those of images in parts: cells fetch what they read. What is not here yet is downloaded.
 * Throws as `loadFashionMnist` does.
 */
export async function makeDataFiles(): Promise<DataFile[]> {
  const { train, test } = await loadFashionMnist({ folder: await findOrDownload() });
  const { trainImages, trainLabels, testImages, testLabels } = OFFICIAL_FILES;
  return [
    ...cutImages(trainImages, train),
    packed(trainLabels, [train.count], train.labels),
    ...cutImages(testImages, test),
    packed(testLabels, [test.count], test.labels),
  ];
}

function cutImages(file: OfficialFile, { images: pixels, width, height }: ImageSet): DataFile[] {
  const { images, files } = partsOf(file)!;
  const size = images * width * height;
  return files.map((part, i) => packed(part, [images, height, width], pixels.subarray(i * size, (i + 1) * size)));
}

function packed({ name }: SummedFile, dimensions: number[], bytes: Uint8Array): DataFile {
  return { path: `data/fashion-mnist/${name}.gz`, content: gzipSync(toIdx(dimensions, bytes)) };
}

/** Writes files to where the kernel fetches them. */
export function writeData(assets: string, files: DataFile[]): void {
  for (const { path, content } of files) replaceFile(join(assets, path), content);
}
