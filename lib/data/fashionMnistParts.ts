import { OFFICIAL_FILES, type OfficialFile, type SummedFile } from "./fashionMnistFiles";

/** How a file of images is cut. */
export interface Parts {
  /** Images in each part. */
  images: number;
  /** The parts in order, each an idx file of its own. */
  files: SummedFile[];
}

/** Images in a part, and the sums of the parts' unpacked content, by the names of the files that are cut. */
const CUTS: Record<string, { images: number; sums: string[] }> = {
  [OFFICIAL_FILES.trainImages.name]: {
    images: 4000,
    sums: [
      "09dd72e74aa8a76feaada262d167edcd489b57bc01d49240b1da1e0f2d395932",
      "22e70d908dd09c6627879f6b61edf8c427419e18560cb0c35a9ba69e98edf237",
      "8a8efa500bb77c1279cb94e9a3c52ad77606a8566905594701940ca7045a6b7f",
      "6a27ffacdcdf441464417ef39e38947ca0f8b028fce0944842c8726fed71d18f",
      "6a8e1d9a7fed8d3ed89893d2430f7ab82a86f1880ac65315eaeae0edbdd3767f",
      "d2620c7d2f84eb3454ccd065942cad1b1d8d07282549d74262a2f53230892fe8",
      "eade6bd4815d80c40badf0ec3fce740f5c4595474a100a63cdd24d4b02f8bb37",
      "d31ab7f2bf6c30613018a57466ec962f6e0cfc7e4deee4adc1d58c0285f3b5ed",
      "e62022c44d5a03af51dbd101d10ffe458d9426ad82ea993524756446e3bf49db",
      "92de7d7eb88b38899ec27fd207d467ab5ae9559b93089ffbba73caece0f44b42",
      "7c4b89e747868a81cdb7ca1951fa6b42011893edb9b0d85bfc2ab8c787720369",
      "20a2c940a1137378c7105c1e6eb78cbe09b868481a975bd3970ba27e679d767f",
      "f08a68ec655535026892277a95d3064d6a69b2d6f3c4f3e5fa7d7fb6a58449b4",
      "b5cd08fd45c117b836b6e45ccd76c45553f6ec961700c1fced264f17cd0fdcb9",
      "063d62486401bcf9f5f1210f220b7700c2396142e1ebb594b765112f4af91f90",
    ],
  },
  [OFFICIAL_FILES.testImages.name]: {
    images: 2000,
    sums: [
      "862035b0a96959b614c9574f4c2b0ae9584ca234813e8d6d7adb7838b12ca46b",
      "c91ca3a609f692ba203ba96327e5a3c0e31b7266a606e7a915bfc43fd9aab5eb",
      "dc1614dd169d0f8b8708b6658955c14dd2adaefdcce8c10b16ebcac7ec06f8a2",
      "7dadec5781d942c0a7ffada19d41dd161ee59ab8ea74387fcb7a5e2ad055a939",
      "88494762184e4e2fe359fa610f697dd54dd9c27d773fc12195d7afe9d42afe14",
    ],
  },
};

/** The parts in which a site has one of the files, so that a tab fetches no more than it needs; undefined for labels. */
export function partsOf({ name }: OfficialFile): Parts | undefined {
  const cut = CUTS[name];
  if (cut === undefined) return undefined;
  const { images, sums } = cut;
  return {
    images,
    files: sums.map((sha256, i) => ({ name: `${name}-part-${two(i + 1)}-of-${two(sums.length)}`, sha256 })),
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
