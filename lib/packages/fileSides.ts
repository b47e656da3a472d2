import type { Plugin } from "esbuild";
import * as fs from "node:fs";
import * as path from "node:path";

/** Takes `x.browser.ts`, or `x.tab.ts`, where a file of ours imports `x` and `x` has one. */
export function fileSides(kind: "browser" | "tab"): Plugin {
  return {
    name: `${kind} sides`,
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path: name, resolveDir }) => {
        if (resolveDir.includes("node_modules")) return undefined;
        const side = path.resolve(resolveDir, `${name}.${kind}.ts`);
        return fs.existsSync(side) ? { path: side } : undefined;
      });
    },
  };
}
