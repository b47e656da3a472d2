import assert from "node:assert/strict";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { classNames } from "../../lib/data/classNames";
import { loadFashionMnist, loadTestImages } from "../../lib/data/fashionMnist";
import { firstImages } from "../../lib/data/split";
import { csvOf, idxOf, randomBytes, withFolder } from "./samples";

const official = join(realpathSync(__dirname), "..", "..", "data", "fashion-mnist");
const env = {};
const noFetch = () => assert.fail("nothing is to be fetched");

const images = randomBytes(3 * 784);
const ours = {
  "train-images-idx3-ubyte": idxOf([3, 28, 28], images),
  "train-labels-idx1-ubyte.gz": gzipSync(idxOf([3], [9, 0, 4])),
  "t10k-images-idx3-ubyte.gz": gzipSync(idxOf([2, 28, 28], images.subarray(784))),
  "t10k-labels-idx1-ubyte": idxOf([2], [1, 2]),
};

test("loadFashionMnist() reads, checks and parses the official files in under two seconds of processor time", async () => {
  const start = process.cpuUsage();
  const { train, test, source } = await loadFashionMnist({ env, fetch: noFetch });
  const { user, system } = process.cpuUsage(start);
  assert.ok((user + system) / 1e6 < 2, `${(user + system) / 1e6} s`);
  assert.equal(source, official);
  assert.deepEqual([train.count, train.width, train.height, train.images.length], [60000, 28, 28, 47040000]);
  assert.deepEqual([test.count, test.width, test.height, test.images.length], [10000, 28, 28, 7840000]);
  assert.deepEqual([...train.labels.subarray(0, 5)], [9, 0, 0, 3, 0]);
  for (const set of [train, test]) {
    const counts = new Array(10).fill(0);
    set.labels.forEach((label) => counts[label]++);
    assert.deepEqual(counts, new Array(10).fill(set.count / 10));
  }
  const raw = gunzipSync(readFileSync(join(official, "t10k-images-idx3-ubyte.gz")));
  assert.deepEqual(Buffer.compare(raw.subarray(16), test.images), 0);
});

test("classNames follow the labels' order", () => {
  assert.equal(classNames.length, 10);
  assert.deepEqual([classNames[0], classNames[6], classNames[9]], ["T-shirt/top", "Shirt", "Ankle boot"]);
});

test("loadFashionMnist({ verify: false }) takes a user's own files, plain and gzip side by side", () =>
  withFolder(ours, async (folder) => {
    const { train, test, source } = await loadFashionMnist({ folder, env, verify: false });
    assert.equal(source, folder);
    assert.deepEqual(train, { images, labels: Uint8Array.of(9, 0, 4), count: 3, width: 28, height: 28 });
    assert.deepEqual([test.count, ...test.labels], [2, 1, 2]);
  }));

test("loadFashionMnist({ trainLimit, testLimit }) gives the first images of each set, or all where there are fewer", () =>
  withFolder(ours, async (folder) => {
    const own = { folder, env, verify: false };
    const whole = await loadFashionMnist(own);
    const first = await loadFashionMnist({ ...own, trainLimit: 2, testLimit: 1 });
    assert.deepEqual(first, { train: firstImages(whole.train, 2), test: firstImages(whole.test, 1), source: folder });
    assert.deepEqual(await loadFashionMnist({ ...own, trainLimit: 3, testLimit: 9 }), whole);
    assert.deepEqual(await loadTestImages({ ...own, trainLimit: 1, testLimit: 1 }), first.test);
  }));

test("loadFashionMnist() refuses a limit that is none, before it looks for files", async () => {
  for (const limit of [0, -1, 1.5, NaN, Infinity])
    for (const name of ["trainLimit", "testLimit"])
      await assert.rejects(loadFashionMnist({ folder: "nowhere", env, [name]: limit }), {
        name: "RangeError",
        message: `loadFashionMnist(): ${name} is ${limit}; give a whole number of 1 or more, or leave it out for all images`,
      });
  await assert.rejects(loadTestImages({ folder: "nowhere", env, testLimit: 0 }), /testLimit is 0; give/);
});

test("loadFashionMnist() reads the folder that FASHION_MNIST_DIR names, the option first", () =>
  withFolder(ours, async (folder) => {
    const { source } = await loadFashionMnist({ env: { FASHION_MNIST_DIR: folder }, verify: false });
    assert.equal(source, folder);
    const other = await loadFashionMnist({ folder: official, env: { FASHION_MNIST_DIR: folder } });
    assert.equal(other.source, official);
    const usual = await loadFashionMnist({ env: { FASHION_MNIST_DIR: "" } });
    assert.equal(usual.source, official);
  }));

test("loadFashionMnist() refuses files whose sum is not the official one, and says which", () =>
  withFolder(ours, async (folder) => {
    const path = join(folder, "train-images-idx3-ubyte");
    await assert.rejects(loadFashionMnist({ folder, env }), (error: Error) => {
      assert.equal(error.name, "RangeError");
      assert.equal(
        error.message.replace(/SHA-256 [0-9a-f]{64}/, "SHA-256 …"),
        `loadFashionMnist(): ${path}: got SHA-256 …, wanted c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888 ` +
          "of the unpacked official file; delete the file and get it again, or pass verify: false if it is one of your own",
      );
      return true;
    });
  }));

test("loadFashionMnist() does not pass over a given folder that lacks files", () =>
  withFolder({ "train-images-idx3-ubyte": "" }, async (folder) => {
    for (const options of [{ folder, env }, { env: { FASHION_MNIST_DIR: folder } }])
      await assert.rejects(loadFashionMnist({ ...options, fetch: noFetch }), {
        name: "Error",
        message:
          `loadFashionMnist(): the folder ${folder} lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte, ` +
          "t10k-labels-idx1-ubyte; put the four files there (plain or .gz), or Kaggle's fashion-mnist_train.csv and " +
          "fashion-mnist_test.csv, or name no folder (option folder, FASHION_MNIST_DIR) to use the usual ones",
      });
    await assert.rejects(loadFashionMnist({ folder: join(folder, "nowhere"), env }), /the folder .+nowhere lacks/);
  }));

test("loadFashionMnist() takes the first of the usual folders that holds all files", () =>
  withFolder(ours, (folder) =>
    withFolder({ "train-images-idx3-ubyte": "" }, async (partial) => {
      const folders = [partial, join(folder, "nowhere"), folder, official];
      const { source } = await loadFashionMnist({ env, folders, verify: false, fetch: noFetch });
      assert.equal(source, folder);
      const downloads = await loadFashionMnist({
        env,
        folders: [partial],
        downloads: folder,
        verify: false,
        fetch: noFetch,
      });
      assert.equal(downloads.source, folder);
    }),
  ));

test("loadFashionMnist() checks the structure of a user's own files", async () => {
  const name = "train-labels-idx1-ubyte";
  const refuse = (files: Record<string, Uint8Array>, type: string, message: RegExp) =>
    withFolder({ ...ours, ...files }, (folder) =>
      assert.rejects(loadFashionMnist({ folder, env, verify: false }), { name: type, message }),
    );
  const labels = (bytes: Uint8Array) => ({ [`${name}.gz`]: bytes });
  await refuse(
    labels(idxOf([3], [9, 10, 4])),
    "RangeError",
    /train-labels-idx1-ubyte\.gz: label 1 is 10, wanted 0 to 9$/,
  );
  await refuse(labels(idxOf([2], [9, 1])), "TypeError", /got dimensions 2, wanted 3 and as many labels as images/);
  await refuse(labels(idxOf([3, 1], [9, 1, 1])), "TypeError", /got dimensions 3 x 1, wanted 3 and as many/);
  await refuse(labels(idxOf([3], [9, 1, 1], 0x09)), "TypeError", /got Int8Array, wanted unsigned bytes$/);
  await refuse(
    labels(idxOf([3], [9])),
    "SyntaxError",
    /train-labels-idx1-ubyte\.gz: parseIdx\(\): got 1 bytes of values/,
  );
  await refuse(labels(gzipSync("text").subarray(0, 12)), "SyntaxError", /decompress\(\): got a damaged gzip stream/);
  const pictures = (bytes: Uint8Array) => ({ "train-images-idx3-ubyte": bytes });
  await refuse(
    pictures(idxOf([3, 28, 27], images.subarray(0, 3 * 28 * 27))),
    "TypeError",
    /got dimensions 3 x 28 x 27, wanted 3 x 28 x 28/,
  );
  await refuse(pictures(idxOf([3 * 784], images)), "TypeError", /got dimensions 2352, wanted 2352 x 28 x 28/);
  const none = { ...pictures(idxOf([0, 28, 28], [])), ...labels(idxOf([0], [])) };
  await refuse(none, "TypeError", /got dimensions 0 x 28 x 28, wanted .* 1 or more; do both files belong together\?$/);
});

test("loadFashionMnist() reads Kaggle's CSV files", async () => {
  const [train, test] = [csvOf(images, Uint8Array.of(2, 9, 6)), csvOf(images.subarray(784), Uint8Array.of(0, 1))];
  const files = { "fashion-mnist_train.csv": train, "fashion-mnist_test.csv": test };
  await withFolder(files, async (folder) => {
    const sets = await loadFashionMnist({ folder, env });
    assert.deepEqual(sets.train, { images, labels: Uint8Array.of(2, 9, 6), count: 3, width: 28, height: 28 });
    assert.deepEqual([sets.test.count, ...sets.test.labels], [2, 0, 1]);
    assert.deepEqual(await loadTestImages({ folder, env }), sets.test);
    const first = await loadFashionMnist({ folder, env, trainLimit: 1 });
    assert.deepEqual(first, { ...sets, train: firstImages(sets.train, 1) });
  });
  await withFolder({ ...files, "fashion-mnist_test.csv": test.replace(/\n0,/, "\n12,") }, (folder) =>
    assert.rejects(loadFashionMnist({ folder, env }), {
      name: "RangeError",
      message: `loadFashionMnist(): ${join(folder, "fashion-mnist_test.csv")}: parseCsv(): line 2, column label: got 12, wanted an integer from 0 to 9`,
    }),
  );
  await withFolder({ ...files, "fashion-mnist_train.csv": train.split("\n")[0] }, (folder) =>
    assert.rejects(loadFashionMnist({ folder, env }), { message: /_train\.csv: got no rows, wanted 1 or more$/ }),
  );
});

test("loadFashionMnist() downloads into the downloads folder when no folder has the files", () =>
  withFolder({}, async (folder) => {
    const downloads = join(folder, "made", "downloads");
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response(readFileSync(join(official, url.replace("mirror:/", ""))));
    };
    const options = { env, folders: [folder], downloads, fetch, mirrors: ["mirror:/"], log: () => undefined };
    const { train, source } = await loadFashionMnist(options);
    assert.deepEqual([train.count, source, asked.length], [60000, downloads, 4]);
    const again = await loadFashionMnist({ ...options, fetch: noFetch });
    assert.equal(again.source, downloads);
  }));
