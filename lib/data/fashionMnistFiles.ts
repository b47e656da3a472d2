import { createHash } from "node:crypto";

/** A file, and what it has to hold. */
export interface SummedFile {
  /** Without `.gz`. */
  name: string;
  /** Of the unpacked content. */
  sha256: string;
}

/** One of the four official files, as it is when unpacked. */
export interface OfficialFile extends SummedFile {
  bytes: number;
}

/** Sums are of the unpacked content: repacked files, such as Debian's, differ in their gzip headers only. */
export const OFFICIAL_FILES = {
  trainImages: {
    name: "train-images-idx3-ubyte",
    bytes: 47040016,
    sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
  },
  trainLabels: {
    name: "train-labels-idx1-ubyte",
    bytes: 60008,
    sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  },
  testImages: {
    name: "t10k-images-idx3-ubyte",
    bytes: 7840016,
    sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  },
  testLabels: {
    name: "t10k-labels-idx1-ubyte",
    bytes: 10008,
    sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  },
};

/** Public folders that hold the four files with `.gz` after their names. */
export const MIRRORS = [
  "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
];

/** @throws RangeError when the unpacked content is not that of the official file */
export function checkSum(content: Uint8Array, { sha256 }: SummedFile): void {
  const sum = createHash("sha256").update(content).digest("hex");
  if (sum !== sha256)
    throw new RangeError(
      `got SHA-256 ${sum}, wanted ${sha256} of the unpacked official file; delete the file and get it again, or pass ` +
        `verify: false if it is one of your own`,
    );
}
