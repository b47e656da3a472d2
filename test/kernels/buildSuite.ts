import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { build, type Plugin } from "esbuild";
import { projectRoot } from "../../lib/files";

const CORE = path.join(projectRoot, "node_modules", "@tensorflow", "tfjs-core", "dist");

/**
 * The bundle's start: TensorFlow.js core as its own tests load it, the backend, then the tests. `prepare` has the backend
 * started that is to be tested: it throws an Error that says why it cannot be had.
 */
const ENTRY = `
import * as core from "${CORE}/index";
import "${CORE}/register_all_gradients";
import "${CORE}/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-backend-cpu";
import { setTestEnvs } from "${CORE}/jasmine_util";
import { registerSimd } from "./lib/compute/simd/registerSimd";
const backendName = process.env.SUITE_BACKEND;
export async function prepare(share) {
  if (backendName === "simd") registerSimd(); // which changes cpu too
  else if (backendName !== "cpu") {
    // The backends' code is older JavaScript, which calls the class it extends as a function.
    const KernelBackend = Object.assign(function () {}, { prototype: core.KernelBackend.prototype });
    const all = require("@tensorflow/tfjs");
    share({ "@tensorflow/tfjs-core": { ...core, KernelBackend }, "@tensorflow/tfjs": { ...all, KernelBackend } });
    const { backendCandidates } = require("./lib/compute/backendCandidates");
    await backendCandidates.find(({ name }) => name === backendName).start();
  }
  globalThis.spoilKernels?.(core);
  setTestEnvs([{ name: "backend", backendName, isDataSync: true }]);
  require("${CORE}/tests");
}
`;

let suite: Promise<string> | undefined;

/**
 * Bundles TensorFlow.js core's own tests with our backend, all on one copy of core, into a file that is there, once made,
 * until the process ends. Annotations of purity are ignored: they would drop the tests, which nobody calls.
 */
export function buildSuite(): Promise<string> {
  return (suite ??= bundled());
}

async function bundled(): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "atelier-kernels-"));
  process.once("exit", () => fs.rmSync(folder, { recursive: true }));
  const outfile = path.join(folder, "suite.js");
  await build({
    stdin: { contents: ENTRY.replaceAll("\\", "/"), resolveDir: projectRoot, loader: "ts" },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    external: ["jasmine-core"],
    ignoreAnnotations: true,
    logLevel: "error",
    plugins: [knownRoot],
  });
  return outfile;
}

/** `lib/files.ts` finds the project by the place it lies in, which a bundle has not. */
const knownRoot: Plugin = {
  name: "known-root",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]lib[\\/]files\.ts$/ }, async ({ path: file }) => {
      const text = await fs.promises.readFile(file, "utf8");
      return { contents: text.replace("__dirname", JSON.stringify(path.dirname(file))), loader: "ts" };
    });
  },
};
