import { labelOf } from "../components/component";
import { describe } from "../components/describe";
import { escapeHTML } from "../../text";
import { pageHead } from "../page/pageParts";
import type { Endpoint } from "../gradio/endpoint";
import { snippets } from "./snippets";

/** What the page tells. */
export interface DocsOptions {
  title: string;
  /** Where the server answers, without a slash at the end. */
  root: string;
  /** Paths of OpenAPI beside those of the endpoints. */
  paths: Record<string, object>;
}

/** The page that shows how programs use the server: each endpoint with calls to copy, then the other paths. No script. */
export function docsPage(endpoints: Endpoint[], { title, root, paths }: DocsOptions): string {
  const others = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => pathRow(method, path, operation as Operation)),
  );
  const styles = ["/assets/style.css", "/assets/docs.css"];
  const head = pageHead({ title: `${title} · API`, styles, icon: "data:,", theme: "/assets/theme.js" });
  return `<!doctype html>
<html lang="en">
  <head>
    ${head}
  </head>
  <body>
    <main class="docs">
      <p><a href="/">${escapeHTML(title)}</a></p>
      <h1>Use it from a program</h1>
      <p class="note">The server speaks Gradio's protocol, so Gradio's own clients call it; install them by
      <code>npm install @gradio/client</code> or <code>pip install gradio_client</code>.
      ${others.length > 0 ? '<a href="#json">Plain JSON</a> is there too. ' : ""}All of it is described in
      <a href="/openapi.json">openapi.json</a>.</p>
      ${endpoints.map((endpoint) => section(endpoint, root)).join("")}
      ${others.length > 0 ? `<section class="card" id="json"><h2>Plain JSON</h2><div class="scroll" tabindex="0" role="region" aria-label="Paths"><table><tbody>${others.join("")}</tbody></table></div></section>` : ""}
    </main>
  </body>
</html>
`;
}

interface Operation {
  summary: string;
  parameters?: { name: string; required?: boolean }[];
}

function section(endpoint: Endpoint, root: string): string {
  const { name, description, inputs, outputs } = endpoint;
  const codes = snippets(endpoint, root).map(
    ({ language, code }, place) =>
      `<details${place === 0 ? " open" : ""}><summary>${language}</summary><pre tabindex="0"><code>${escapeHTML(code)}</code></pre></details>`,
  );
  const takes = inputs.map((input) => `<li><code>${input.name}</code> ${escapeHTML(about(labelOf(input), describe(input).component))}</li>`); // prettier-ignore
  const gives = outputs.map((output) => `<li>${escapeHTML(about(labelOf(output), describe(output).component))}</li>`);
  return `<section class="card" id="${name}">
        <h2>/${name}</h2><p>${escapeHTML(description)}</p>
        <div class="sides"><div><h3>Takes</h3><ul>${takes.join("")}</ul></div><div><h3>Gives</h3><ol>${gives.join("")}</ol></div></div>
        ${codes.join("")}
      </section>`;
}

function about(label: string, component: string): string {
  return `${label} (${component})`;
}

function pathRow(method: string, path: string, { summary, parameters = [] }: Operation): string {
  const names = parameters.map(({ name }) => `${name}=…`);
  const full = names.length > 0 ? `${path}?${names.join("&")}` : path;
  return `<tr><td><b>${method.toUpperCase()}</b></td><td><code>${escapeHTML(full)}</code></td><td>${escapeHTML(summary)}</td></tr>`;
}
