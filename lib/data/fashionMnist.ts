import { join, resolve } from "node:path";
import { projectRoot } from "../files";
import { type DownloadOptions, downloadFashionMnist } from "./download";
import { holdsIdx, readFolder, readPart } from "./fashionMnistFolder";
import type { ImageSet } from "./imageSet";

/** Both parts of Fashion-MNIST. */
export interface FashionMnist {
  /** 60,000 images when official. */
  train: ImageSet;
  /** 10,000 images when official. */
  test: ImageSet;
  /** The folder the files were read from. */
  source: string;
}

/** Options of `loadFashionMnist`. */
export interface LoadOptions extends DownloadOptions {
  /** Look here and nowhere else: the four idx files, plain or .gz, or Kaggle's two CSV files. */
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
 *   when its sum or a value is not what it has to be, TypeError when its shape is not
 */
export async function loadFashionMnist(options: LoadOptions = {}): Promise<FashionMnist> {
  const source = await findSource(options);
  return { ...readFolder(source, options.verify ?? true), source };
}

/** Loads the 10,000 test images and leaves the others alone. Options and errors are those of `loadFashionMnist`. */
export async function loadTestImages(options: LoadOptions = {}): Promise<ImageSet> {
  return readPart(await findSource(options), "test", options.verify ?? true);
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
