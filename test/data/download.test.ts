import assert from "node:assert/strict";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { type DownloadOptions, downloadFashionMnist } from "../../lib/data/download";
import { withFolder } from "./samples";

const official = join(realpathSync(__dirname), "..", "..", "data", "fashion-mnist");
const labels = "t10k-labels-idx1-ubyte";
const packed = readFileSync(join(official, `${labels}.gz`));
/** Three files stand there already, so that only the small one is fetched. */
const others = { "train-images-idx3-ubyte": "", "train-labels-idx1-ubyte.gz": "", "t10k-images-idx3-ubyte": "" };

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const good: Answer = (response) => response.end(packed);

interface Trial {
  folder: string;
  asked: string[];
  lines: string[];
  mirror: string;
  download(options?: DownloadOptions): Promise<void>;
}

/** Downloads from a server on the loopback that gives the answers in turn, the last one ever after. */
async function withServer(
  answers: Answer[],
  run: (trial: Trial) => Promise<void>,
  files: object = others,
): Promise<void> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url as string);
    answers[Math.min(asked.length, answers.length) - 1](response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const lines: string[] = [];
  const log = (line: string) => lines.push(line.replace(mirror, "/"));
  try {
    await withFolder({ ...files }, (folder) => {
      const download = (options: DownloadOptions = {}) =>
        downloadFashionMnist(folder, { mirrors: [mirror], pause: 1, log, ...options });
      return run({ folder, asked, lines, mirror, download });
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Names in the folder that were not there before. */
const added = (folder: string) => readdirSync(folder).filter((name) => !(name in others));

test("downloadFashionMnist() fetches what is missing and nothing else", () =>
  withServer([good], async ({ folder, asked, download }) => {
    await download();
    assert.deepEqual(asked, [`/${labels}.gz`]);
    assert.deepEqual(added(folder), [`${labels}.gz`]);
    assert.deepEqual(readFileSync(join(folder, `${labels}.gz`)), packed);
    await download();
    assert.equal(asked.length, 1);
  }));

test("downloadFashionMnist() fetches all four files into a new folder", () =>
  withServer(
    [(response, { url }) => response.end(readFileSync(join(official, url as string)))],
    async ({ folder, asked, download }) => {
      await download();
      assert.equal(asked.length, 4);
      assert.deepEqual(readdirSync(folder), readdirSync(official));
    },
    {},
  ));

test("downloadFashionMnist() reports progress", () =>
  withServer(
    [
      (response) => {
        response.setHeader("content-length", packed.length);
        response.write(packed.subarray(0, 2600));
        setTimeout(() => response.end(packed.subarray(2600)), 30);
      },
    ],
    async ({ lines, download }) => {
      await download();
      const name = `${labels}.gz`;
      assert.deepEqual(lines, [`Downloading /${name}`, `${name}: 50 % of 5.1 kB`, `${name}: 100 % of 5.1 kB`]);
    },
  ));

const refused: Answer = (response) => response.writeHead(503).end();
const cut: Answer = (response) => {
  response.writeHead(200, { "content-length": packed.length }).write(packed.subarray(0, 2000));
  setTimeout(() => response.destroy(), 20);
};
const silent: Answer = (response) => response.writeHead(200).write(packed.subarray(0, 2000));

test("downloadFashionMnist() asks the mirrors in turn, twice each, until one gives the file", () =>
  withServer([refused, cut, good], async ({ folder, asked, lines, download, mirror }) => {
    await download({ mirrors: [`${mirror}first/`, `${mirror}second/`] });
    assert.deepEqual(asked, [`/first/${labels}.gz`, `/second/${labels}.gz`, `/first/${labels}.gz`]);
    assert.equal(lines[1], `/first/${labels}.gz failed: HTTP status 503`);
    assert.match(lines.join("\n"), /\/second\/t10k-labels-idx1-ubyte\.gz failed: terminated \(other side closed\)/);
    assert.deepEqual(added(folder), [`${labels}.gz`]);
  }));

test("downloadFashionMnist() waits longer before each attempt", () =>
  withServer([refused, refused, refused, good], async ({ download, mirror }) => {
    const start = performance.now();
    await download({ mirrors: [mirror, mirror], pause: 20 });
    assert.ok(performance.now() - start >= 20 + 40 + 80 - 5);
  }));

test("downloadFashionMnist() gives up after the last attempt, says what to do and leaves nothing", () =>
  withServer([refused], async ({ folder, asked, download, mirror }) => {
    await assert.rejects(download(), (error: Error) => {
      assert.equal(
        error.message,
        `loadFashionMnist(): could not download ${labels}.gz from ${mirror} (HTTP status 503); check the network, ` +
          "or put the four files into a folder and name it in FASHION_MNIST_DIR",
      );
      assert.equal((error.cause as Error).message, "HTTP status 503");
      return true;
    });
    assert.equal(asked.length, 2);
    assert.deepEqual(added(folder), []);
  }));

test("downloadFashionMnist() refuses content of a wrong sum and does not keep it", () => {
  const content = gunzipSync(packed);
  content[9999] ^= 1;
  return withServer([(response) => response.end(gzipSync(content))], async ({ folder, lines, download }) => {
    await assert.rejects(
      download(),
      /could not download .+ got got SHA-256|got SHA-256 [0-9a-f]{64}, wanted 0402a96d92fd/,
    );
    assert.match(lines[2], /failed: got SHA-256/);
    assert.deepEqual(added(folder), []);
  });
});

test("downloadFashionMnist() refuses content that is larger than the file, packed or not", async () => {
  const bomb = gzipSync(Buffer.alloc(5e6));
  for (const [body, message] of [
    [bomb, /decompress\(\): got a gzip stream that unpacks to more/],
    [Buffer.alloc(20000), /\(got more than the 10008 bytes of the unpacked file\)/],
  ] as [Buffer, RegExp][])
    await withServer([(response) => response.end(body)], async ({ folder, download }) => {
      await assert.rejects(download(), { message });
      assert.deepEqual(added(folder), []);
    });
});

test("downloadFashionMnist() keeps a file that was unpacked on its way under its plain name", () =>
  withServer(
    [(response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed)],
    async ({ folder, asked, download }) => {
      await download();
      assert.deepEqual(added(folder), [labels]);
      assert.deepEqual(readFileSync(join(folder, labels)), gunzipSync(packed));
      await download();
      assert.equal(asked.length, 1);
    },
  ));

test("downloadFashionMnist() gives up an attempt that falls silent", () =>
  withServer([silent, good], async ({ folder, lines, download }) => {
    await download({ patience: 100 });
    assert.ok(lines.includes(`/${labels}.gz failed: no byte came for 100 ms`), lines.join("\n"));
    assert.deepEqual(added(folder), [`${labels}.gz`]);
  }));

test("downloadFashionMnist() stops at once when it is aborted, with the reason, and leaves nothing", async () => {
  const reason = new Error("the reader left");
  const start = performance.now();
  await withServer([silent], async ({ folder, asked, download }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(download({ signal: controller.signal }), reason);
    assert.equal(asked.length, 1);
    assert.deepEqual(added(folder), []);
  });
  await withServer([refused], async ({ asked, download }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await assert.rejects(download({ signal: controller.signal, pause: 60_000 }), reason);
    assert.equal(asked.length, 1);
    await assert.rejects(download({ signal: AbortSignal.abort(reason) }), reason);
    assert.equal(asked.length, 1);
  });
  assert.ok(performance.now() - start < 10_000, "an attempt without a byte is given up after 30 s only");
});
