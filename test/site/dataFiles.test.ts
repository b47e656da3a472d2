import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Route } from "playwright-core";
import { type FashionMnist, loadFashionMnist, loadTestImages } from "../../lib/data/fashionMnist";
import { parseIdx, toIdx } from "../../lib/data/idx";
import type { ImageSet } from "../../lib/data/imageSet";
import { firstImages } from "../../lib/data/split";
import { skip } from "../browser";
import { bundledKernel, startTabKernel, type TabKernel } from "./tabKernel";

const env = {};
const folder = mkdtempSync(join(tmpdir(), "data-files-"));
const pathOf = (name: string) => join(folder, `${name}.gz`);
const [TRAIN, TEST] = ["train-images-idx3-ubyte", "t10k-images-idx3-ubyte"];
const [second, last] = [`${TRAIN}-part-02-of-15`, `${TEST}-part-05-of-05`];
let whole: FashionMnist;

before(async () => {
  cpSync(join(await bundledKernel(), "data", "fashion-mnist"), folder, { recursive: true });
  whole = await loadFashionMnist({ env });
});

after(() => rmSync(folder, { recursive: true }));

/** Compares bytes at once: millions of them one by one take long. */
function checkSame(got: ImageSet, wanted: ImageSet) {
  for (const name of ["images", "labels"] as const) assert.equal(Buffer.compare(got[name], wanted[name]), 0, name);
  assert.deepEqual([got.count, got.width, got.height], [wanted.count, wanted.width, wanted.height]);
}

test("the images lie in parts, each an idx file, which join to the whole", async () => {
  const names = readdirSync(folder).sort();
  const partsNamed = (start: string) => names.filter((name) => name.startsWith(`${start}-part-`));
  const valuesOf = (name: string) => parseIdx(readFileSync(join(folder, name))).values as Uint8Array;
  for (const [set, start, count] of [
    [whole.train, TRAIN, 15],
    [whole.test, TEST, 5],
  ] as const) {
    assert.equal(partsNamed(start).length, count);
    assert.equal(Buffer.compare(Buffer.concat(partsNamed(start).map(valuesOf)), set.images), 0);
  }
  const others = names.filter((name) => !name.includes("-part-"));
  assert.deepEqual(others, ["t10k-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte.gz"]);
  const joined = await loadFashionMnist({ folder, env });
  checkSame(joined.train, whole.train);
  checkSame(joined.test, whole.test);
});

test("the first images are those of the whole, also where they end within a part", async () => {
  for (const [trainLimit, testLimit] of [
    [1, 2000],
    [4000, 2001],
    [8001, 9999],
  ]) {
    const { train, test: few } = await loadFashionMnist({ folder, env, trainLimit, testLimit });
    checkSame(train, firstImages(whole.train, trainLimit));
    checkSame(few, firstImages(whole.test, testLimit));
  }
  checkSame(await loadTestImages({ folder, env, testLimit: 1000 }), firstImages(whole.test, 1000));
});

/** Damages a part while something is done. */
async function withDamage(name: string, damaged: (content: Buffer) => Uint8Array, work: () => Promise<void>) {
  const content = readFileSync(pathOf(name));
  writeFileSync(pathOf(name), damaged(content));
  try {
    await work();
  } finally {
    writeFileSync(pathOf(name), content);
  }
}

const otherPixel = (content: Buffer) => {
  const unpacked = gunzipSync(content);
  unpacked[5000] ^= 1;
  return gzipSync(unpacked);
};

test("a damaged part is refused with its name and the cure, and only by those who read it", async () => {
  const refused = (options: object, message: RegExp) => assert.rejects(loadFashionMnist({ folder, env, ...options }), { message }); // prettier-ignore
  await withDamage(second, otherPixel, async () => {
    checkSame((await loadFashionMnist({ folder, env, trainLimit: 4000 })).train, firstImages(whole.train, 4000));
    const cure =
      /; on a site, put its files onto the host again, then export your notebooks and clear the browser's data of the site$/;
    await refused({ trainLimit: 4001 }, cure);
    await refused({}, new RegExp(`^loadFashionMnist\\(\\): .+${second}\\.gz: got SHA-256 \\w+, wanted 22e70d90`));
    const { train } = await loadFashionMnist({ folder, env, verify: false });
    assert.equal(train.images[4000 * 784 + 5000 - 16], whole.train.images[4000 * 784 + 5000 - 16] ^ 1);
  });
  const cutOff = (content: Buffer) => content.subarray(0, 1000);
  await withDamage(last, cutOff, async () => {
    checkSame(await loadTestImages({ folder, env, testLimit: 8000 }), firstImages(whole.test, 8000));
    await refused(
      { testLimit: 8001 },
      new RegExp(`${last}\\.gz: decompress\\(\\): got a damaged gzip .*; on a site, put`),
    );
  });
  const tiny = () => gzipSync(toIdx([1, 28, 28], new Uint8Array(784)));
  const odd = /got dimensions 1 x 28 x 28, wanted 4000 x 28 x 28/;
  await withDamage(second, tiny, () => refused({ verify: false }, odd));
});

test("a folder that lacks a part does not hold the set", async () => {
  const content = readFileSync(pathOf(second));
  rmSync(pathOf(second));
  await assert.rejects(loadFashionMnist({ folder, env }), { message: new RegExp(`lacks ${TRAIN}; put the four`) });
  writeFileSync(pathOf(second), content);
});

const digestOf = ({ images, labels }: ImageSet) => createHash("sha256").update(images).update(labels).digest("hex");

const SET_UP = `
import { createHash } from "node:crypto";
import { loadFashionMnist } from "./lib/data/fashionMnist";
type Bytes = Uint8Array;
const digestOf = ({ images, labels }: { images: Bytes; labels: Bytes }) => createHash("sha256").update(images).update(labels).digest("hex");
const digests = async (trainLimit: number, testLimit: number) => {
  const { train, test } = await loadFashionMnist({ trainLimit, testLimit });
  return [digestOf(train), digestOf(test)].join();
};`;

/** The value of a cell, as text; a cell that fails throws. */
async function valueOf(tab: TabKernel, code: string) {
  const seen = await tab.ask("execute_request", { code });
  const of = (type: string) => seen.find(({ header }) => header.msg_type === type)?.content;
  if (of("error")) throw new Error(of("error")!.evalue);
  return of("execute_result")?.data["text/plain"];
}

describe("in a tab", { skip }, () => {
  const asked: string[] = [];
  const first = [
    `${TRAIN}-part-01-of-15`,
    "train-labels-idx1-ubyte",
    `${TEST}-part-01-of-05`,
    "t10k-labels-idx1-ubyte",
  ];
  let tab: TabKernel;

  before(async () => {
    const note = (file: string) => void (file.includes("fashion-mnist") && asked.push(basename(file, ".gz")));
    tab = await startTabKernel({ onFile: note });
    await valueOf(tab, SET_UP);
  });

  after(() => tab?.end());

  const checkFirst = async (train: number, few: number) => {
    const wanted = [digestOf(firstImages(whole.train, train)), digestOf(firstImages(whole.test, few))].join();
    assert.equal(await valueOf(tab, `await digests(${train}, ${few})`), wanted);
  };

  test("the parts that hold the first images are fetched, each once, and the labels", async () => {
    assert.deepEqual(asked, []);
    await checkFirst(100, 10);
    assert.deepEqual(asked, first);
    await checkFirst(4001, 2000);
    assert.deepEqual(asked, [...first, second]);
  });

  test("without a network what was fetched is there, and the error for a further part says what helps", async () => {
    const failures = [(route: Route) => route.abort(), (route: Route) => route.fulfill({ status: 504 })];
    for (const fail of failures) {
      await tab.page.route("**/data/fashion-mnist/*", fail);
      await checkFirst(8000, 2000);
      await assert.rejects(valueOf(tab, "await digests(8001, 1)"), {
        message: /: http.+\/train-images-idx3-ubyte-part-03-of-15\.gz could not be fetched: the network is away and this file was not kept; do this once with the network$/, // prettier-ignore
      });
      await tab.page.unroute("**/data/fashion-mnist/*");
    }
    await checkFirst(8001, 1);
  });
});
