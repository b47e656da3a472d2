import { existsSync } from "fs";
import { builtinModules } from "module";
import { dirname, join } from "path";
import { installCure } from "./installCure";

/** What to do about a module that is not found, in a sentence; undefined where nothing helps. */
export function missingModule(id: string, folder: string): string | undefined {
  if (builtinModules.includes(id.replace(/^node:/, ""))) return undefined;
  if (/^\.{1,2}\//.test(id))
    return `There is no such file beside the notebook, which lies in ${folder}. Paths of imports begin there.`;
  if (id.startsWith("/") || /^[A-Za-z]:/.test(id)) return "There is no such file.";
  const name = id.split("/").slice(0, id.startsWith("@") ? 2 : 1).join("/"); // prettier-ignore
  const home = nearest(folder, "package.json");
  if (nearest(folder, join("node_modules", name)))
    return `The package ${name} is installed but has no types that are found this way. Use it by require("${id}").`;
  return installCure(name, { folder, home });
}

/** The compiler's number of a message about a module that it does not find. */
export const MISSING_MODULE = 2307;

/** A message of the compiler, and what to do where it is about a missing module. */
export function withCure(code: number | undefined, message: string, folder: string): string {
  const id = code === MISSING_MODULE ? /^Cannot find module '([^']+)'/.exec(message)?.[1] : undefined;
  const cure = id === undefined ? undefined : missingModule(id, folder);
  return cure === undefined ? message : `${message}\n${cure}`;
}

/** The nearest folder from here upwards that holds this. */
function nearest(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  return dirname(folder) === folder ? undefined : nearest(dirname(folder), name);
}
