import type { PageFiles } from "../api";
import { bundlePage } from "./bundlePage";

const API_LINK = '<a class="quiet" href="api">API</a>';

/** The demo's page, ready to be served, with a link at its top, by default to the API's description. Throws an Error with esbuild's message where a source is wrong. */
export function buildPage({ link = API_LINK } = {}): Promise<PageFiles> {
  const script = `import { startPage } from "./browser/main"; startPage();`;
  const style = `@import "./style/page.css";`;
  return bundlePage({ folder: __dirname, html: "index.html", script, style, parts: { link } });
}
