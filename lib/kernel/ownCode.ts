import { join, sep } from "path";

/** This kernel and what it loads to show values; cells load the library by another path. */
const ownFolders = [__dirname, join(__dirname, "..", "notebook")].map((folder) => join(folder, sep));

/** Whether a file is Node's or this kernel's, so that no reader of a notebook asks for it. In a tab, all of the kernel is Node's. */
export function isOwnCode(file: string): boolean {
  return file.startsWith("node:") || ownFolders.some((folder) => file.startsWith(folder));
}
