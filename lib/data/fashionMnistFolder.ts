import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "./csv";
import { decompress } from "./decompress";
import type { ImageSet } from "./imageSet";
import { checkSum, OFFICIAL_FILES, type OfficialFile, type SummedFile } from "./fashionMnistFiles";
import { partsOf, type Parts } from "./fashionMnistParts";
import { parseIdx } from "./idx";
import { firstImages } from "./split";

const SIZE = 28;
const CLASSES = 10;
const CSV_FILES = ["fashion-mnist_train.csv", "fashion-mnist_test.csv"];
/** What else helps where a part is damaged: the folder is a site's. */
const SITE_CURE =
  "on a site, put its files onto the host again, then export your notebooks and clear the browser's data of the site";

/** What is read of a set. */
export interface ReadOptions {
  /** Whether idx files must be the official ones. */
  verify: boolean;
  /** At most so many images, the first ones; default all. */
  limit?: number;
}

/** Reads one of the two sets out of a folder with the four idx files (plain, .gz or in parts) or Kaggle's two CSV files. */
export function readSet(folder: string, name: "train" | "test", options: ReadOptions): ImageSet {
  const set = readAtLeast(folder, name, options);
  return options.limit === undefined ? set : firstImages(set, options.limit);
}

/** The set, or more of its first images than are wanted. */
function readAtLeast(folder: string, name: "train" | "test", options: ReadOptions): ImageSet {
  const { trainImages, trainLabels, testImages, testLabels } = OFFICIAL_FILES;
  if (holdsIdx(folder))
    return readIdxPair(folder, name === "train" ? [trainImages, trainLabels] : [testImages, testLabels], options);
  const [train, test] = CSV_FILES.map((file) => join(folder, file));
  if (existsSync(train) && existsSync(test)) return readCsv(name === "train" ? train : test);
  throw missingFiles(folder);
}

/** Whether all four idx files are in the folder, whole or in parts. */
export function holdsIdx(folder: string): boolean {
  return missingIn(folder).length === 0;
}

function missingIn(folder: string): OfficialFile[] {
  const isThere = (file: SummedFile) => pathOf(folder, file) !== undefined;
  return Object.values(OFFICIAL_FILES).filter((file) => !isThere(file) && !partsOf(file)?.files.every(isThere));
}

/** Where one of the files lies in a folder, compressed or plain; undefined where it does not. */
function pathOf(folder: string, { name }: SummedFile): string | undefined {
  return [join(folder, `${name}.gz`), join(folder, name)].find((path) => existsSync(path));
}

function missingFiles(folder: string): Error {
  const names = missingIn(folder)
    .map((file) => file.name)
    .join(", ");
  return new Error(
    `loadFashionMnist(): the folder ${folder} lacks ${names}; put the four files there (plain or .gz), or Kaggle's ` +
      `${CSV_FILES.join(" and ")}, or name no folder (option folder, FASHION_MNIST_DIR) to use the usual ones`,
  );
}

function readCsv(path: string): ImageSet {
  const set = namingFile(path, () => parseCsv(readFileSync(path)));
  if (set.count === 0) throw new RangeError(`loadFashionMnist(): ${path}: got no rows, wanted 1 or more`);
  return { ...set, width: SIZE, height: SIZE };
}

function readIdxPair(folder: string, [images, labels]: OfficialFile[], options: ReadOptions): ImageSet {
  const pixels = readPixels(folder, images, options);
  const classes = readIdx(folder, labels, options.verify);
  checkShape(pixels, [pixels.dimensions[0], SIZE, SIZE]);
  checkShape(classes, [pixels.dimensions[0]]);
  const wrong = classes.values.findIndex((label) => label >= CLASSES);
  if (wrong >= 0)
    throw new RangeError(
      `loadFashionMnist(): ${classes.path}: label ${wrong} is ${classes.values[wrong]}, wanted 0 to ${CLASSES - 1}`,
    );
  const count = pixels.values.length / SIZE ** 2;
  return { images: pixels.values, labels: classes.values.subarray(0, count), count, width: SIZE, height: SIZE };
}

interface ByteFile {
  path: string;
  /** Those of the whole. */
  dimensions: number[];
  /** All of them, or the first ones. */
  values: Uint8Array;
}

/** The images of a file, or of the first parts of it. */
function readPixels(folder: string, file: OfficialFile, { verify, limit = Infinity }: ReadOptions): ByteFile {
  if (pathOf(folder, file) !== undefined) return readIdx(folder, file, verify);
  const { images, files } = partsOf(file) as Parts;
  const wanted = files.slice(0, Math.ceil(limit / images));
  const size = images * SIZE ** 2;
  const values = new Uint8Array(wanted.length * size);
  for (const [i, part] of wanted.entries()) {
    const read = readPart(folder, part, verify);
    checkShape(read, [images, SIZE, SIZE]);
    values.set(read.values, i * size);
  }
  return { path: join(folder, file.name), dimensions: [files.length * images, SIZE, SIZE], values };
}

/** Reads a part, which only sites have. */
function readPart(folder: string, part: SummedFile, verify: boolean): ByteFile {
  try {
    return readIdx(folder, part, verify);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) error.message += `; ${SITE_CURE}`;
    throw error;
  }
}

function readIdx(folder: string, file: SummedFile, verify: boolean): ByteFile {
  const path = pathOf(folder, file) as string;
  return namingFile(path, () => {
    const content = decompress(readFileSync(path));
    if (verify) checkSum(content, file);
    const { dimensions, values } = parseIdx(content);
    if (!(values instanceof Uint8Array)) throw new TypeError(`got ${values.constructor.name}, wanted unsigned bytes`);
    return { path, dimensions, values };
  });
}

function checkShape({ path, dimensions }: ByteFile, wanted: number[]): void {
  if (dimensions.join() !== wanted.join() || dimensions[0] === 0)
    throw new TypeError(
      `loadFashionMnist(): ${path}: got dimensions ${dimensions.join(" x ")}, wanted ${wanted.join(" x ")} and as many ` +
        `labels as images, 1 or more; do both files belong together?`,
    );
}

/** Adds the file's path to the message of whatever goes wrong with it. */
function namingFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error) error.message = `loadFashionMnist(): ${path}: ${error.message}`;
    throw error;
  }
}
