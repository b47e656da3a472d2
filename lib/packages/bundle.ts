import { build, type BuildOptions } from "esbuild";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { replaceFile } from "../files";
import { emit } from "./emit";
import { fileSides } from "./fileSides";
import { library } from "./libraryFiles";

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
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-types-"));
  try {
    emit({ files: [main], out: folder, onlyTypes: true });
    const input = path.join(folder, path.relative(library, main).replace(/\.ts$/, ".d.ts"));
    const bundle = await rollup({ input, plugins: [dts()], external: [/^@tensorflow\//, /^node:/] });
    const { output } = await bundle.generate({ format: "es" });
    await bundle.close();
    return output[0].code;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
