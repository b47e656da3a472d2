import { join } from "path";

/** Where kernels keep what has become of imported files. */
export const KEPT_MODULES = join(__dirname, "build", "modules");

/** The list of the library's files as they were installed. */
export const INSTALLED_LIST = join(__dirname, "build", "installed.json");
