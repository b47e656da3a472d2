import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runInNewContext } from "node:vm";
import { installExtension, installExtensionForUser } from "../../lib/lab/installExtension";

const folder = mkdtempSync(join(tmpdir(), "atelier-extension-"));
after(() => rmSync(folder, { recursive: true }));

test("installExtension() writes a container that gives JupyterLab the plugin, with what is shared", async () => {
  const place = installExtension(folder);
  const { name, jupyterlab } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const { load, extension } = jupyterlab._build;
  const window: { _JUPYTERLAB?: Record<string, any> } = {}; // oxlint-disable-line typescript/no-explicit-any
  runInNewContext(readFileSync(join(place, load), "utf8"), { window });
  const container = window._JUPYTERLAB![name];
  const shared = (content: object) => ({ "1.2.3": { get: async () => () => content } });
  const codeMirror = (name: string) => shared(require(`@codemirror/${name}`)); // oxlint-disable-line typescript/no-require-imports
  const scope = {
    "@codemirror/state": codeMirror("state"),
    "@codemirror/view": codeMirror("view"),
    "@jupyterlab/notebook": shared({ INotebookTracker: "the tracker" }),
    "@jupyterlab/apputils": shared({ ICommandPalette: "the palette" }),
    "@jupyterlab/codeeditor": shared({ IEditorServices: "the services" }),
    "@jupyterlab/codemirror": shared({ IEditorExtensionRegistry: "the editors" }),
    "@jupyterlab/completer": shared({ ICompletionProviderManager: "the completers" }),
    "@jupyterlab/rendermime": shared({ IRenderMimeRegistry: "the renderers" }),
    "@jupyterlab/services": shared({}),
  };
  container.init(scope);
  const { default: plugins } = (await container.get(extension))();
  const [reruns, language] = plugins;
  assert.deepEqual([...reruns.requires, ...reruns.optional], ["the tracker", "the palette"]);
  assert.deepEqual([...language.requires], ["the tracker", "the editors", "the renderers", "the services"]);
  assert.deepEqual([...language.optional], ["the completers", "the palette"]);
  assert.ok(plugins.every(({ autoStart }: { autoStart: boolean }) => autoStart));
});

test("installExtensionForUser() finds the user's folder where JUPYTER_DATA_DIR names it", () => {
  const before = process.env.JUPYTER_DATA_DIR;
  process.env.JUPYTER_DATA_DIR = join(folder, "own");
  try {
    const place = installExtensionForUser();
    assert.equal(place, join(folder, "own", "labextensions", "atelier-reruns"));
    assert.ok(existsSync(join(place, "static", "remoteEntry.js")));
  } finally {
    if (before === undefined) delete process.env.JUPYTER_DATA_DIR;
    else process.env.JUPYTER_DATA_DIR = before;
  }
});
