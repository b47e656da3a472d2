import { relative } from "path";

/** How to get a package that is missing: where npm would install it, `home` or else the notebook's folder. */
export function installCure(name: string, { folder, home }: { folder: string; home?: string }): string {
  const where = home && home !== folder ? `, where ${relative(home, folder)} belongs to` : "";
  return `The package ${name} is not installed. Run "npm install ${name}" in ${home ?? folder}${where}.`;
}
