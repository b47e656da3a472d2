import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { type LinkedNotebook, parseLinkText, toLinkText } from "../../lib/site/extension/notebookLink";

const cells = [
  { cell_type: "markdown", source: "# Straße 👕" },
  {
    cell_type: "code",
    source: "1 + 1",
    outputs: [{ data: { "text/html": "<script>1</script>" } }],
    execution_count: 3,
  },
];
const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
const packed = (text: string) => deflateRawSync(Buffer.from(text)).toString("base64url");

test("a link holds a notebook without outputs, in letters that an address may have", async () => {
  const text = await toLinkText(notebook);
  assert.match(text, /^[\w-]+$/);
  const bare = { ...notebook, cells: [cells[0], { ...cells[1], outputs: [], execution_count: null }] };
  const { notebook: found, bytes } = await parseLinkText(text);
  assert.deepEqual(found, bare);
  assert.equal(bytes, Buffer.byteLength(JSON.stringify(bare)));
});

test("outputs in a link are dropped: they were not made here", async () => {
  const { notebook: found } = await parseLinkText(packed(JSON.stringify(notebook)));
  assert.deepEqual((found as LinkedNotebook).cells[1].outputs, []);
});

test("a link that was cut, holds no notebook, or would unpack to gigabytes is refused", async () => {
  const text = await toLinkText(notebook);
  await assert.rejects(
    parseLinkText(text.slice(0, -9)),
    /^Error: the notebook in the link cannot be read \(.+\); was the link cut\?$/,
  );
  await assert.rejects(parseLinkText("%%%"), /cannot be read/);
  await assert.rejects(parseLinkText(packed("[1]")), /holds no notebook of nbformat 4/);
  await assert.rejects(parseLinkText(packed('{"nbformat":4,"cells":[null]}')), /holds no notebook of nbformat 4/);
  await assert.rejects(parseLinkText(packed("null")), /holds no notebook of nbformat 4/);
  await assert.rejects(parseLinkText(packed(" ".repeat(5e6))), /it unpacks to more than 4 MB/);
});
