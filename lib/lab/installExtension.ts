import { readFileSync } from "fs";
import { dirname, join, relative } from "path";
import ts from "typescript";
import { replaceFile } from "../files";

/** The name under which JupyterLab knows the extension. */
const NAME = "atelier-reruns";

/** What the extension takes from JupyterLab. */
const SHARED = ["@jupyterlab/notebook", "@jupyterlab/apputils"];

/**
 * Writes the extension of `extension/` in the form in which JupyterLab loads it, as one file. It marks stale cells and runs
 * what depends on a cell.
 *
 * @param labExtensions - Jupyter's folder of extensions
 * @returns the extension's folder
 */
export function installExtension(labExtensions: string): string {
  const folder = join(labExtensions, NAME);
  const build = { load: "static/remoteEntry.js", extension: "./plugin" };
  const description = { name: NAME, version: "1.0.0", jupyterlab: { extension: true, _build: build } };
  replaceFile(join(folder, "package.json"), JSON.stringify(description, null, 2) + "\n");
  replaceFile(join(folder, "static", "remoteEntry.js"), remoteEntry(join(__dirname, "extension", "plugin.ts")));
  return folder;
}

/** A module container, as webpack's module federation has it: JupyterLab gives it what is shared and asks for the plugin. */
function remoteEntry(start: string): string {
  const modules = new Map<string, string>();
  addModule(start, modules);
  const functions = Array.from(
    modules,
    ([name, code]) => `${JSON.stringify(name)}: (exports, require) => {\n${code}\n}`,
  );
  return `(() => {
const modules = {
${functions.join(",\n")}
};
const loaded = {};
let shared;
const load = (name) => {
  if (name in loaded) return loaded[name];
  modules[name]((loaded[name] = {}), load);
  return loaded[name];
};
const take = async (name) => (loaded[name] = (await Object.values(shared[name])[0].get())());
const get = async () => {
  await Promise.all(${JSON.stringify(SHARED)}.map(take));
  return () => load(${JSON.stringify(nameOf(start))});
};
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB[${JSON.stringify(NAME)}] = { init: (scope) => void (shared = scope), get };
})();
`;
}

/** Compiles a file and those that it imports at run time. */
function addModule(file: string, modules: Map<string, string>): void {
  const name = nameOf(file);
  if (modules.has(name)) return;
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions });
  modules.set(name, "");
  const code = outputText.replace(/require\("(\.[^"]+)"\)/g, (_, path: string) => {
    const target = join(dirname(file), `${path}.ts`);
    addModule(target, modules);
    return `require(${JSON.stringify(nameOf(target))})`;
  });
  modules.set(name, code);
}

/** The path of a file from the library's folder. */
function nameOf(file: string): string {
  return relative(dirname(__dirname), file).replace(/\\/g, "/");
}
