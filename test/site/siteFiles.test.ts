import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findLessons } from "../../lib/commands/lessons";
import { replaceFile } from "../../lib/files";
import { writeContents } from "../../lib/site/contents";
import { writeHostFiles } from "../../lib/site/hostFiles";
import { writeServiceWorker } from "../../lib/site/serviceWorker";
import { writeStartPage } from "../../lib/site/startPage";

const site = mkdtempSync(join(tmpdir(), "site-files-"));
after(() => rmSync(site, { recursive: true }));
const lessons = findLessons();
const read = (name: string) => readFileSync(join(site, name), "utf8");

test("the lessons lie where JupyterLite looks for files, and are all listed", () => {
  writeContents(site, lessons);
  const { type, content } = JSON.parse(read("api/contents/all.json"));
  assert.deepEqual([type, content.length], ["directory", lessons.length]);
  for (const { path, size } of content) assert.equal(Buffer.byteLength(read(`files/${path}`)), size);
});

test("the first page leads to each lesson by its title, with addresses that hold under any path", () => {
  writeStartPage(site, lessons);
  const page = read("index.html");
  const links = [...page.matchAll(/<a href="([^"]+)">([^<]+)</g)].map(([, href, title]) => ({ href, title }));
  assert.equal(links.length, lessons.length + 1);
  assert.deepEqual(links.at(-1), { href: "demo/index.html", title: "The demo" });
  assert.deepEqual(links[0], { href: "lab/index.html?path=00-start-here.ipynb", title: "0 · Start here" });
  assert.doesNotMatch(page, /(href|src)="(\/|https?:)/);
  assert.match(page, /id="jupyter-config-data"/); // JupyterLite's pages read it
});

test("hosts that read a file of headers send them all, and each page has its policy on others", () => {
  replaceFile(join(site, "lab/index.html"), "<!doctype html><html><HEAD lang=en><script src=x></script></HEAD></html>");
  writeHostFiles(site, ["lab/index.html"]);
  assert.match(
    read("_headers"),
    /^\/\*\n {2}Cross-Origin-Opener-Policy: same-origin\n {2}Cross-Origin-Embedder-Policy: /,
  );
  assert.match(read("_headers"), /\n {2}Content-Security-Policy: default-src 'self'; .*; frame-ancestors 'self'\n$/);
  const policy = /<HEAD lang=en><meta http-equiv="Content-Security-Policy" content="([^"]+)"><script/;
  const [, inPage] = policy.exec(read("lab/index.html"))!;
  assert.match(inPage, /^default-src 'self'; .*; form-action 'none'$/); // a page cannot say who frames it
});

test("the service worker keeps what a lesson needs, what the demo needs, not the data, and has another version for other files", () => {
  const kept = ["index.html", "lab/index.html", "build/1.js", "extensions/k/static/kernel.js"];
  const demo = [
    "demo/index.html",
    "demo/assets/page.js",
    "extensions/k/static/demo.js",
    "extensions/k/static/models/x",
  ];
  const others = ["build/repl/bundle.js", "extensions/k/static/data/x.gz", "jupyter-lite.ipynb"];
  for (const name of [...kept, ...demo, ...others]) replaceFile(join(site, name), name);
  const made = () => {
    writeServiceWorker(site, [...kept, ...demo, ...others]);
    const [, version, list] = /^const VERSION = "(\w+)";\nconst PARTS = (.*);\n/.exec(read("service-worker.js"))!;
    return { version, parts: JSON.parse(list) as Record<string, { sign: string; files: string[] }> };
  };
  const first = made();
  assert.deepEqual([first.parts.lessons.files, first.parts.demo.files], [kept, demo]);
  assert.ok(demo.includes(first.parts.demo.sign));
  assert.equal(made().version, first.version);
  replaceFile(join(site, "build/1.js"), "another");
  assert.notEqual(made().version, first.version);
});
