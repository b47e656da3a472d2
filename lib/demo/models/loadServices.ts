import type { DemoServices } from "../services";
import { buildServices } from "./buildServices";
import { loadModels } from "./loadModels";
import type { LoadSettings } from "./loadSettings";

/** All that the demo needs, out of the models of `loadModels`, whose options and errors it has. */
export async function loadServices(options: Partial<LoadSettings> = {}): Promise<DemoServices> {
  return buildServices(await loadModels(options));
}
