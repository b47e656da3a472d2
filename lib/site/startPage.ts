import { basename, join } from "node:path";
import { replaceFile } from "../files";
import { loadNotebook } from "../runner/parseNotebook";
import { escapeHTML } from "../text";

/** Writes the site's first page, which lists its notebooks. */
export function writeStartPage(site: string, notebooks: string[]): void {
  const items = notebooks.map((file) => {
    const path = encodeURIComponent(basename(file));
    return `<li><a href="lab/index.html?path=${path}">${escapeHTML(titleOf(file))}</a></li>`;
  });
  replaceFile(join(site, "index.html"), page(items.join("\n")));
}

/** A notebook's first heading, or its name. */
function titleOf(file: string): string {
  const { cells } = loadNotebook(file);
  const heading = cells.map(({ source }) => /^# (.+)$/m.exec(source)?.[1]).find((found) => found !== undefined);
  return heading ?? basename(file, ".ipynb");
}

function page(items: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Atelier</title>
<link rel="icon" href="icon-120x120.png">
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>
<style>
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
body { max-width: 38rem; margin: 3rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem }
ol { padding: 0; list-style: none }
li { margin: .6rem 0 }
</style>
</head>
<body>
<h1>Atelier</h1>
<p>TypeScript notebooks that teach machine learning on clothes. They run in this browser: nothing is installed, and nothing
leaves it.</p>
<ol>
${items}
</ol>
<p><a href="demo/index.html">The demo</a> shows what the lessons build: it names clothes on your picture, recommends, and
forecasts sales.</p>
<p>After the first visit to a lesson, or to the demo, it works without a network. What you change is kept in this browser.</p>
<script>
navigator.serviceWorker?.getRegistration().then((found) => found ?? navigator.serviceWorker.register("service-worker.js"));
if (matchMedia("(max-width: 700px)").matches) // a page with the notebook alone
  for (const link of document.links) link.href = link.getAttribute("href").replace(/^lab\\//, "notebooks/");
</script>
</body>
</html>
`;
}
