import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DemoModels } from "../../demo/models/buildServices";
import { packModels } from "../../demo/models/packedModels";
import { buildPage } from "../../demo/page/buildPage";
import { projectRoot, replaceFile } from "../../files";
import { bundlePage } from "../bundlePage";
import { DOCS_STYLE, MODELS } from "./demoFiles";

const LINK = '<a class="quiet" href="../index.html">Lessons</a>';

/**
 * Writes the demo's page into a folder of a site, and what answers it beside the kernel's assets.
 *
 * @param page - the folder of the page
 * @param assets - the folder of the kernel's assets
 */
export async function writeDemo(models: DemoModels, { page, assets }: { page: string; assets: string }): Promise<void> {
  const { html, files } = await buildPage({ link: LINK });
  for (const [path, { body }] of files) replaceFile(join(page, path), body);
  replaceFile(join(page, "tab.js"), await bundlePage(join(__dirname, "demoPage.ts")));
  replaceFile(join(page, "index.html"), html.replace("<head>", '<head>\n    <script src="tab.js"></script>'));
  replaceFile(join(assets, DOCS_STYLE), readFileSync(join(projectRoot, DOCS_STYLE)));
  await packModels(models, join(assets, MODELS));
}
