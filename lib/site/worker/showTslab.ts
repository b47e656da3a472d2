import module from "node:module";
import * as output from "../../kernel/tslabOutput";
import { VIRTUAL_ROOT } from "../virtualRoot";

/** Lets the library find tslab's file with what displays, as it does in Node: among the modules that were required. */
export function showTslab(): void {
  const file = `${VIRTUAL_ROOT}/node_modules/tslab/dist/jupyter.js`;
  const { _cache } = module as unknown as { _cache: Record<string, { exports: unknown }> };
  _cache[file] = { exports: output };
}
