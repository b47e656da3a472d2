import { join, resolve } from "node:path";
import { projectRoot } from "../files";
import { type DownloadOptions, downloadFashionMnist } from "./download";
import { holdsIdx, readSet } from "./fashionMnistFolder";
import type { ImageSet } from "./imageSet";

/** Both sets of Fashion-MNIST. */
export interface FashionMnist {
  /** 60,000 images when official and not limited. */
  train: ImageSet;
  /** 10,000 images when official and not limited. */
  test: ImageSet;
  /** The folder the files were read from. */
  source: string;
}

/** Options of `loadFashionMnist`. */
export interface LoadOptions extends DownloadOptions {
  /** At most so many training images, the first ones; default all. A browser tab then fetches no more than it needs. */
  trainLimit?: number;
  /** At most so many test images, the first ones; default all. */
  testLimit?: number;
  /** Look here and nowhere else: the four idx files, plain, .gz or in parts, or Kaggle's two CSV files. */
  folder?: string;
  /** Default process.env; its FASHION_MNIST_DIR stands in for `folder`. */
  env?: Record<string, string | undefined>;
  /** Default true: idx files must be the official ones. CSV files have no official sum and pass either way. */
  verify?: boolean;
  /** Where to look without a folder, default data/fashion-mnist of this repository and Debian's folder. */
  folders?: string[];
  /** Where downloads are kept, default data/downloads/fashion-mnist of this repository. */
  downloads?: string;
}

/** Where Debian's package dataset-fashion-mnist puts the files. */
const DEBIAN_FOLDER = "/usr/share/datasets/fashion-mnist";

/**
 * Loads Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 70,000 grey pictures of clothes, 28 x 28 pixels, in 10 classes.
 * Looks into the given folder alone, or else into the usual ones; downloads the files where they are in none of them.
 *
 * @throws Error when a given folder lacks files or the download fails, SyntaxError when a file is damaged, RangeError
 *   when its sum, a value or a limit is not what it has to be, TypeError when its shape is not
 */
export async function loadFashionMnist(options: LoadOptions = {}): Promise<FashionMnist> {
  const [trainLimit, testLimit] = [checkedLimit("trainLimit", options), checkedLimit("testLimit", options)];
  const source = await findSource(options);
  const { verify = true } = options;
  const train = readSet(source, "train", { verify, limit: trainLimit });
  return { train, test: readSet(source, "test", { verify, limit: testLimit }), source };
}

/** Loads the test images and leaves the others alone. Options and errors are those of `loadFashionMnist`. */
export async function loadTestImages(options: LoadOptions = {}): Promise<ImageSet> {
  const limit = checkedLimit("testLimit", options);
  return readSet(await findSource(options), "test", { verify: options.verify ?? true, limit });
}

function checkedLimit(name: "trainLimit" | "testLimit", { [name]: limit }: LoadOptions): number | undefined {
  if (limit === undefined || (Number.isInteger(limit) && limit > 0)) return limit;
  throw new RangeError(
    `loadFashionMnist(): ${name} is ${limit}; give a whole number of 1 or more, or leave it out for all images`,
  );
}

async function findSource(options: LoadOptions): Promise<string> {
  const given = options.folder || (options.env ?? process.env).FASHION_MNIST_DIR;
  return given ? resolve(given) : findOrDownload(options);
}

/**
 * The folder of the four idx files, among the usual ones; they are downloaded where they are in none of them.
 *
 * @throws Error when the download fails
 * @internal
 */
export async function findOrDownload(options: LoadOptions = {}): Promise<string> {
  const { folders = [join(projectRoot, "data", "fashion-mnist"), DEBIAN_FOLDER] } = options;
  const { downloads = join(projectRoot, "data", "downloads", "fashion-mnist") } = options;
  const found = [...folders, downloads].find(holdsIdx);
  if (found === undefined) await downloadFashionMnist(downloads, options);
  return found ?? downloads;
}
