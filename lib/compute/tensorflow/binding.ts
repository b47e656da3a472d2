import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot, replaceFile } from "../../files";

/** TensorFlow's library with the addon that binds it to Node, as `npm run native` has built them. */
export interface Binding {
  /** The addon, whose interface is that of @tensorflow/tfjs-node. */
  addon: string;
  /** TensorFlow's version. */
  tensorflow: string;
  /** Whether the library is the one for NVIDIA's GPUs. */
  cuda: boolean;
}

/** Holds the library, its Python environment and the addon, and nothing else: git-ignored, and removed as a whole. */
export const bindingFolder = path.join(projectRoot, "data", "downloads", "tensorflow");

const ADDON = "tfjs_binding.node";
const NOTES = "binding.json";

/** What was built into a folder; undefined where nothing was, or the building broke off. */
export function findBinding(folder = bindingFolder): Binding | undefined {
  const [addon, notes] = [ADDON, NOTES].map((name) => path.join(folder, name));
  if (!fs.existsSync(notes) || !fs.existsSync(addon)) return undefined;
  return { ...(JSON.parse(fs.readFileSync(notes, "utf8")) as Omit<Binding, "addon">), addon };
}

/** Forgets what was built into a folder, before its library is changed. */
export function dropBinding(folder: string): void {
  for (const name of [NOTES, ADDON]) fs.rmSync(path.join(folder, name), { force: true });
}

/** Where the addon of a folder is built: a draft that `keepBinding` makes the folder's own. */
export function draftOf(folder: string): string {
  return path.join(folder, `draft-${ADDON}`);
}

/** Makes the draft the addon of its folder. */
export function keepBinding(folder: string, { tensorflow, cuda }: Omit<Binding, "addon">): void {
  fs.renameSync(draftOf(folder), path.join(folder, ADDON));
  replaceFile(path.join(folder, NOTES), JSON.stringify({ tensorflow, cuda }));
}
