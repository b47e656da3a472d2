import { cpu, simd } from "../../compute/backendCandidate";
import { useBackend } from "../../compute/useBackend";
import { buildApp } from "../../demo/app";
import { buildServices } from "../../demo/models/buildServices";
import { openModels } from "../../demo/models/packedModels";
import type { App } from "../../demo/server";
import { addRemote } from "../machine/fs";
import { takeThreadScript } from "../machine/threads";
import { VIRTUAL_ROOT } from "../virtualRoot";
import { DEMO_FILES, MODELS } from "./demoFiles";

/** The page is a file of the site. */
const page = { html: "", files: new Map() };

/**
 * The demo over the models of a site.
 *
 * @param assets - the address of the folder with the kernel's and the demo's assets, ends in a slash
 * @throws Error where a file of them cannot be fetched
 */
export async function openDemo(assets: string): Promise<App> {
  for (const file of DEMO_FILES) addRemote(`${VIRTUAL_ROOT}/${file}`, new URL(file, assets).href);
  takeThreadScript(new URL("thread.js", assets));
  await useBackend({ log: () => {}, candidates: [simd, cpu] }); // its answers are the same on each machine
  return buildApp(buildServices(await openModels(`${VIRTUAL_ROOT}/${MODELS}`)), { page });
}
