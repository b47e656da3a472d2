/** The project's root in the virtual file system of a tab. */
export const VIRTUAL_ROOT = "/atelier";
