import { readFileSync } from "fs";
import { dirname, join, relative } from "path";
import ts from "typescript";
import { replaceFile } from "../files";
import { moduleContainer } from "./moduleContainer";
import { userDataFolder } from "./userDataFolder";

/** The name under which JupyterLab knows the extension. */
const NAME = "atelier-reruns";

/** What the extension takes from JupyterLab. */
const SHARED = [
  ...["@codemirror/state", "@codemirror/view"],
  ...["notebook", "apputils", "codeeditor", "codemirror", "completer", "rendermime", "services"].map(
    (name) => `@jupyterlab/${name}`,
  ),
];

/**
 * Writes the extension of `extension/` in the form in which JupyterLab loads it, as one file. It marks stale cells, runs
 * what depends on a cell, fits figures to their room, keeps widgets without a kernel still, and shows what the kernel's language service knows.
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

/**
 * Writes the extension where every JupyterLab of this user looks. One before version 4 does not load it.
 *
 * @returns the extension's folder
 */
export function installExtensionForUser(): string {
  return installExtension(join(userDataFolder(), "labextensions"));
}

/** The plugin with all files that it imports. */
function remoteEntry(start: string): string {
  const modules = new Map<string, string>();
  addModule(start, modules);
  const functions = Array.from(
    modules,
    ([name, code]) => `${JSON.stringify(name)}: (exports, require) => {\n${code}\n}`,
  );
  const code = `(shared) => {
const modules = {
${functions.join(",\n")}
};
const loaded = {};
const load = (name) => {
  if (name in loaded) return loaded[name];
  if (!(name in modules)) return shared(name);
  modules[name]((loaded[name] = {}), load);
  return loaded[name];
};
return load(${JSON.stringify(nameOf(start))});
}`;
  return moduleContainer({ name: NAME, shared: SHARED, code });
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
