import { build, type BuildOptions } from "esbuild";
import * as path from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { projectRoot, replaceFile } from "../files";
import { fileSides } from "./fileSides";

/** What one entry is bundled from and to. */
export interface Bundle {
  /** A folder of this room with `main.ts`, what Node loads, and `browser.ts`. */
  source: string;
  /** The package's folder `lib`. */
  out: string;
}

/**
 * Bundles a package's entry: `index.cjs` for Node, `index.mjs`, which hands on the same instance to `import`,
 * `browser.mjs` with its kernels inside, and the types of both.
 */
export async function bundlePackage({ source, out }: Bundle): Promise<void> {
  const main = path.join(source, "main.ts");
  const common: BuildOptions = { bundle: true, target: "es2022", external: ["@tensorflow/*"], legalComments: "none" };
  const cjs = path.join(out, "index.cjs");
  await build({ ...common, entryPoints: [main], outfile: cjs, platform: "node", format: "cjs" });
  await build({
    ...common,
    entryPoints: [path.join(source, "browser.ts")],
    outfile: path.join(out, "browser.mjs"),
    platform: "browser",
    format: "esm",
    loader: { ".wasm": "binary" },
    plugins: [fileSides("browser")],
  });
  const names = await exportsOf(main, common);
  replaceFile(path.join(out, "index.mjs"), `export { ${names.join(", ")} } from "./index.cjs";\n`);
  const types = await bundleTypes(main);
  for (const kind of ["d.cts", "d.mts"]) replaceFile(path.join(out, `index.${kind}`), types);
}

async function exportsOf(main: string, common: BuildOptions): Promise<string[]> {
  const { metafile } = await build({
    ...common,
    ...{ entryPoints: [main], outfile: "index.js", write: false, platform: "node", format: "esm" },
    metafile: true,
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

async function bundleTypes(main: string): Promise<string> {
  const compilerOptions = { preserveSymlinks: false, skipLibCheck: true };
  const plugins = [dts({ tsconfig: path.join(projectRoot, "tsconfig.json"), compilerOptions })];
  const bundle = await rollup({ input: main, plugins, external: [/^@tensorflow\//, /^node:/] });
  const { output } = await bundle.generate({ format: "es" });
  await bundle.close();
  return output[0].code;
}
