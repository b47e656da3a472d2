import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files";
import { moduleContainer } from "../lab/moduleContainer";
import { bundlePage } from "./bundlePage";
import { bundleWorkers } from "./bundleWorkers";
import type { DataFile } from "./dataFiles";
import { packLibrary } from "./packLibrary";

const NAME = "atelier-kernel";
/** What JupyterLab looks like with us, and on a narrow screen. */
const STYLES = [join(__dirname, "..", "lab", "custom", "custom.css"), join(__dirname, "extension", "narrow.css")];
const SHARED = [
  ...["@jupyterlab/application", "@jupyterlab/apputils", "@jupyterlab/mainmenu", "@jupyterlab/notebook"],
  ...["@jupyterlite/services", "@lumino/signaling"],
];

/**
 * Writes the extension that offers the kernel to JupyterLite, with all that the kernel fetches.
 *
 * @param labExtensions - Jupyter's folder of extensions
 * @param data - files of the project that cells read
 */
export async function writeKernelExtension(labExtensions: string, data: DataFile[]): Promise<void> {
  const folder = join(labExtensions, NAME);
  const assets = join(folder, "static");
  const plugin = await bundlePage(join(__dirname, "extension", "plugin.ts"), SHARED);
  const code = `(require, place) => {
const ATELIER_ASSETS = new URL(".", place).href;
const module = { exports: {} };
((module, exports) => {
${plugin}
})(module, module.exports);
return module.exports;
}`;
  replaceFile(join(assets, "remoteEntry.js"), moduleContainer({ name: NAME, shared: SHARED, code }));
  const build = { load: "static/remoteEntry.js", extension: "./plugin" };
  const description = { name: NAME, version: "1.0.0", jupyterlab: { extension: true, _build: build }, jupyterlite: { liteExtension: true } }; // prettier-ignore
  replaceFile(join(folder, "package.json"), JSON.stringify(description, null, 2) + "\n");
  for (const size of ["32x32", "64x64"])
    copyFileSync(join(__dirname, "..", "lab", "kernelspec", `logo-${size}.png`), join(assets, `logo-${size}.png`));
  replaceFile(join(assets, "style.css"), STYLES.map((file) => readFileSync(file, "utf8")).join("\n"));
  packLibrary(assets, data);
  await bundleWorkers(assets);
}
