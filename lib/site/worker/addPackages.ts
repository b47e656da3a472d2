/// <reference lib="dom" />
import { knownModules } from "../machine/knownModules";
import { PACKAGES } from "./packages";

declare function importScripts(address: string): void;

/** Lets cells require the site's packages, each of which is fetched when it is first required. */
export function addPackages(assets: string): void {
  for (const name of [...Object.values(PACKAGES).flat(), "sharp"])
    knownModules.set(name, () => sitePackage(name, assets));
}

/** A package of the site, whose script is fetched when one of it is first asked for. */
export function sitePackage(name: string, assets: string | URL): unknown {
  const script = Object.keys(PACKAGES).find((key) => PACKAGES[key].includes(name));
  return script === undefined ? refuseSharp : fetched(new URL(`${script}.js`, assets).href)[name];
}

/** A package of native code, of which a tab can only say so. */
function refuseSharp(): never {
  throw new Error("sharp: a browser tab cannot read or write photos; run this cell on your own machine, with Node");
}

/** What a script holds: its packages by their names. */
type Packages = Record<string, unknown>;

/** Scripts leave here what they hold, and keep it: one script may need another's packages, and each is there once. */
const place = globalThis as { atelierPackages?: Packages; atelierScripts?: Map<string, Packages> };

function fetched(address: string): Packages {
  const scripts = (place.atelierScripts ??= new Map());
  const known = scripts.get(address);
  if (known) return known;
  importScripts(address);
  const modules = place.atelierPackages!;
  delete place.atelierPackages;
  scripts.set(address, modules);
  return modules;
}
