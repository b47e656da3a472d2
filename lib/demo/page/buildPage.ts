import type { PageFiles } from "../api";
import { bundlePage } from "./bundlePage";

/** The demo's page, ready to be served. Throws an Error with esbuild's message where a source is wrong. */
export function buildPage(): Promise<PageFiles> {
  const script = `import { startPage } from "./browser/main"; startPage();`;
  return bundlePage({ folder: __dirname, html: "index.html", script, style: `@import "./style/page.css";` });
}
