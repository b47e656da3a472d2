import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { skip } from "../browser";
import { type SeenMessage, startTabKernel, type Tab, type TabKernel } from "./tabKernel";
import { TINY_TRAINING } from "./tinyTraining";

let tab: TabKernel;

before(async () => {
  if (!skip) tab = await startTabKernel();
});

after(async () => {
  if (!skip) await tab.end();
});

const run = async ({ ask }: Tab, code: string) => {
  const seen = await ask("execute_request", { code });
  assert.deepEqual(contentsOf(seen, "error"), [], code);
  return { value: contentsOf(seen, "execute_result")[0]?.data["text/plain"], printed: printedIn(seen) };
};

function contentsOf(seen: SeenMessage[], type: string) {
  return seen.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
}

function printedIn(seen: SeenMessage[]): string[] {
  return contentsOf(seen, "stream").flatMap(({ text }) => text.trim().split("\n"));
}

for (const kind of ["openPrivateStorage", "openIndexedStorage"])
  test(`${kind} keeps files whole, and removes folders with all that is in them`, { skip }, async () => {
    const found = await tab.page.evaluate(async (opener) => {
      const open = (globalThis as unknown as Record<string, (name: string) => Promise<any>>)[opener]; // oxlint-disable-line typescript/no-explicit-any
      const [storage, other] = [await open("a/b"), await open("a/c")];
      const bytes = (text: string) => new TextEncoder().encode(text);
      await storage.write("/data/models/x: 1/deep", bytes("old and long"));
      await storage.write("/data/models/x: 1/deep", bytes("new"));
      await storage.write("/data/models/x", bytes("beside"));
      await storage.write("/data/model", bytes("stays"));
      const all = async () => {
        const texts = [...(await storage.files())].map(async ([path, blob]) => [path, await (blob as Blob).text()]);
        return (await Promise.all(texts)).sort();
      };
      const before = await all();
      await storage.remove("/data/models");
      await storage.remove("/data/nothing");
      const read = await (await storage.read("/data/model"))?.text();
      return { before, read, gone: await storage.read("/data/models/x"), rest: await all(), other: (await other.files()).size }; // prettier-ignore
    }, kind);
    const before = [["/data/model", "stays"], ["/data/models/x", "beside"], ["/data/models/x: 1/deep", "new"]]; // prettier-ignore
    assert.deepEqual(found, { before, read: "stays", gone: undefined, rest: [["/data/model", "stays"]], other: 0 });
  });

/** Writes, removes and moves files, and says so when they are kept. */
const WRITING = `
import * as fs from "node:fs";
async function write() {
  fs.mkdirSync("../data/models/a", { recursive: true });
  fs.writeFileSync("own.csv", "1,2");
  fs.writeFileSync("../data/models/a/w", "w");
  fs.writeFileSync("/tmp/t", "t");
  fs.writeFileSync("gone", "");
  fs.rmSync("gone");
  fs.renameSync("../data/models/a", "../data/models/b");
  const file = await fs.promises.open("own.csv");
  await file.sync();
  await file.close();
  console.log("written");
}`;

describe("after a reload in the middle of a training", { skip }, () => {
  const done: number[] = []; // its epochs

  test("what cells had written is there; what they had removed or moved is not", async () => {
    await run(tab, TINY_TRAINING);
    await run(tab, WRITING);
    const written = new Promise<void>((resolve) => {
      tab.onPrinted = (text) => {
        for (const [, epoch] of text.matchAll(/done (\d+)/g)) done.push(Number(epoch));
        if (text.includes("written")) resolve();
      };
    });
    const onEpoch = '(e) => { console.log("done " + e.epoch); if (e.epoch === 3) void write(); }';
    const code = `await train(model, examples, { epochs: 500, batchSize: 4, onEpoch: ${onEpoch} })`;
    void tab.ask("execute_request", { code }).catch(() => {});
    await written;
    await tab.page.reload();
    await run(tab, 'import * as fs from "node:fs"; const is = (name: string) => fs.existsSync(name)');
    assert.equal((await run(tab, 'fs.readFileSync("own.csv", "utf8")')).value, "1,2");
    assert.equal((await run(tab, 'fs.readFileSync("../data/models/b/w", "utf8")')).value, "w");
    assert.equal((await run(tab, '[is("gone"), is("../data/models/a"), is("/tmp/t")].join()')).value, "false,false,false"); // prettier-ignore
    await run(tab, 'fs.renameSync("../data/models/b", "../data/models/c")');
    assert.equal((await run(tab, 'fs.readFileSync("../data/models/c/w", "utf8")')).value, "w");
  });

  test("the training goes on after the last epoch that was done", async () => {
    const before = Math.max(...done);
    await run(tab, TINY_TRAINING);
    const { printed, value } = await run(tab, `(await train(model, examples, { epochs: ${before + 3}, batchSize: 4 })).reusedEpochs`); // prettier-ignore
    assert.match(printed[0], /^Epochs 1 to \d+ were trained before and taken from data\/models\/tiny-seed-42-/);
    assert.ok(Number(value) >= before && Number(value) < 500, `${value} of ${before}`);
  });
});

test("another tab sees what one has kept", { skip }, async () => {
  const other = await tab.another();
  await run(other, 'import * as fs from "node:fs"; fs.existsSync("shared")');
  await run(tab, 'import * as fs from "node:fs"; fs.writeFileSync("shared", "from one")');
  await run(tab, 'const shared = await fs.promises.open("shared"); await shared.sync(); await shared.close()');
  await run(other, 'for (let i = 0; i < 500 && !fs.existsSync("shared"); i++) await new Promise((resolve) => setTimeout(resolve, 20))'); // prettier-ignore
  assert.equal((await run(other, 'fs.readFileSync("shared", "utf8")')).value, "from one");
  await other.page.close();
});

test("a full storage: the cell goes on and says what is not kept, once, and what to do", { skip }, async () => {
  const session = await tab.page.context().newCDPSession(tab.page);
  const { origin } = new URL(tab.page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  const write = (name: string) => `fs.writeFileSync("${name}", Buffer.alloc(200_000)); const ${name} = await fs.promises.open("${name}"); await ${name}.sync(); await ${name}.close();`; // prettier-ignore
  const { printed } = await run(tab, `import * as fs from "node:fs"; ${write("big")} ${write("bigger")}`);
  assert.equal(printed.length, 1, printed.join("\n"));
  assert.match(printed[0], /^notebooks\/big is not kept, .* storage is full\. To make room, choose "Remove Kept/);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
});
