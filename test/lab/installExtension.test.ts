import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runInNewContext } from "node:vm";
import { installExtension } from "../../lib/lab/installExtension";

const folder = mkdtempSync(join(tmpdir(), "atelier-extension-"));
after(() => rmSync(folder, { recursive: true }));

test("installExtension() writes a container that gives JupyterLab the plugin, with what is shared", async () => {
  const place = installExtension(folder);
  const { name, jupyterlab } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const { load, extension } = jupyterlab._build;
  const window: { _JUPYTERLAB?: Record<string, any> } = {}; // eslint-disable-line @typescript-eslint/no-explicit-any
  runInNewContext(readFileSync(join(place, load), "utf8"), { window });
  const container = window._JUPYTERLAB![name];
  const shared = (content: object) => ({ "1.2.3": { get: async () => () => content } });
  const scope = {
    "@jupyterlab/notebook": shared({ INotebookTracker: "the tracker" }),
    "@jupyterlab/apputils": shared({ ICommandPalette: "the palette" }),
  };
  container.init(scope);
  const { default: plugin } = (await container.get(extension))();
  assert.deepEqual([...plugin.requires, ...plugin.optional], ["the tracker", "the palette"]);
  assert.equal(plugin.autoStart, true);
});
