import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serveFolder } from "../../lib/site/serveFolder";

const outer = mkdtempSync(join(tmpdir(), "served-"));
const folder = join(outer, "site");
mkdirSync(join(folder, "lab"), { recursive: true });
writeFileSync(join(folder, "lab", "index.html"), "<p>lab</p>");
writeFileSync(join(folder, "a b.wasm"), "bytes");
writeFileSync(join(outer, "secret"), "secret");
after(() => rmSync(outer, { recursive: true }));

test("a folder is served under a path, with the headers for threads and against foreign calls", async () => {
  const served = await serveFolder(folder, { base: "/course/" });
  assert.match(served.url, /^http:\/\/127\.0\.0\.1:\d+\/course\/$/);
  const page = await fetch(`${served.url}lab/?path=x`);
  assert.equal(await page.text(), "<p>lab</p>");
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(page.headers.get("cross-origin-opener-policy"), "same-origin");
  assert.equal(page.headers.get("cross-origin-embedder-policy"), "require-corp");
  assert.match(page.headers.get("content-security-policy")!, /connect-src 'self' data: blob:;/);
  assert.equal((await fetch(`${served.url}a%20b.wasm`)).headers.get("content-type"), "application/wasm");
  await served.close();
});

test("what is not in the folder is not served, however it is asked for", async () => {
  const served = await serveFolder(folder);
  for (const path of ["none", "../secret", "..%2Fsecret", "%2e%2e/secret", "lab/../../secret"])
    assert.equal((await fetch(served.url + path)).status, 404, path);
  assert.equal((await fetch(`${served.url}%E0%A4%A`)).status, 400);
  await served.close();
});

test("a host that sets no headers can be tried too", async () => {
  const served = await serveFolder(folder, { isolated: false });
  assert.equal((await fetch(`${served.url}lab/`)).headers.get("cross-origin-opener-policy"), null);
  await served.close();
});
