/// <reference lib="dom" />
import { knownModules } from "../machine/knownModules";
import { PACKAGES } from "./packages";

declare function importScripts(address: string): void;

/** Lets cells require the site's packages, each of which is fetched when it is first required. */
export function addPackages(assets: string): void {
  for (const [script, names] of Object.entries(PACKAGES))
    for (const name of names) knownModules.set(name, () => fetched(new URL(`${script}.js`, assets).href)[name]);
  knownModules.set("sharp", () => refuseSharp);
}

/** A package of native code, of which a tab can only say so. */
function refuseSharp(): never {
  throw new Error("sharp: a browser tab cannot read or write photos; run this cell on your own machine, with Node");
}

const scripts = new Map<string, Record<string, unknown>>();

function fetched(address: string): Record<string, unknown> {
  const known = scripts.get(address);
  if (known) return known;
  const place = globalThis as { atelierPackages?: Record<string, unknown> };
  importScripts(address);
  const modules = place.atelierPackages!;
  delete place.atelierPackages;
  scripts.set(address, modules);
  return modules;
}
