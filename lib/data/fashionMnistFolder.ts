import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "./csv";
import { decompress } from "./decompress";
import type { ImageSet } from "./imageSet";
import { checkSum, OFFICIAL_FILES, type OfficialFile } from "./fashionMnistFiles";
import { parseIdx } from "./idx";

const SIZE = 28;
const CLASSES = 10;
const CSV_FILES = ["fashion-mnist_train.csv", "fashion-mnist_test.csv"];

/**
 * Reads the training and the test set out of a folder with the four idx files (plain or .gz) or Kaggle's two CSV files.
 *
 * @param verify - whether idx files must be the official ones
 */
export function readFolder(folder: string, verify: boolean): { train: ImageSet; test: ImageSet } {
  return { train: readPart(folder, "train", verify), test: readPart(folder, "test", verify) };
}

/** Reads one of the two sets alone. */
export function readPart(folder: string, part: "train" | "test", verify: boolean): ImageSet {
  const { trainImages, trainLabels, testImages, testLabels } = OFFICIAL_FILES;
  if (holdsIdx(folder))
    return readIdxPair(folder, part === "train" ? [trainImages, trainLabels] : [testImages, testLabels], verify);
  const [train, test] = CSV_FILES.map((name) => join(folder, name));
  if (existsSync(train) && existsSync(test)) return readCsv(part === "train" ? train : test);
  throw missingFiles(folder);
}

/** Whether all four idx files are in the folder. */
export function holdsIdx(folder: string): boolean {
  return Object.values(OFFICIAL_FILES).every((file) => pathOf(folder, file) !== undefined);
}

/** Where one of the files lies in a folder, compressed or plain; undefined where it does not. */
export function pathOf(folder: string, { name }: OfficialFile): string | undefined {
  return [join(folder, `${name}.gz`), join(folder, name)].find((path) => existsSync(path));
}

function missingFiles(folder: string): Error {
  const missing = Object.values(OFFICIAL_FILES).filter((file) => pathOf(folder, file) === undefined);
  const names = missing.map((file) => file.name).join(", ");
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

function readIdxPair(folder: string, [images, labels]: OfficialFile[], verify: boolean): ImageSet {
  const pixels = readIdx(folder, images, verify);
  const classes = readIdx(folder, labels, verify);
  checkShape(pixels, [pixels.dimensions[0], SIZE, SIZE]);
  checkShape(classes, [pixels.dimensions[0]]);
  const wrong = classes.values.findIndex((label) => label >= CLASSES);
  if (wrong >= 0)
    throw new RangeError(
      `loadFashionMnist(): ${classes.path}: label ${wrong} is ${classes.values[wrong]}, wanted 0 to ${CLASSES - 1}`,
    );
  return { images: pixels.values, labels: classes.values, count: classes.values.length, width: SIZE, height: SIZE };
}

interface ByteFile {
  path: string;
  dimensions: number[];
  values: Uint8Array;
}

function readIdx(folder: string, file: OfficialFile, verify: boolean): ByteFile {
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
