import type { PageFiles } from "../api";
import { bundlePage } from "../page/bundlePage";

/** The page of a function that is served by `demo()`. Throws an Error with esbuild's message where a source is wrong. */
export function buildForm(): Promise<PageFiles> {
  const script = `import { startForm } from "./browser/startForm"; startForm();`;
  const style = `@import "../page/style/page.css"; @import "./form.css";`;
  return bundlePage({ folder: __dirname, html: "form.html", script, style });
}
