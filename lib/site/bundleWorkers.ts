import { build, type BuildOptions, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { projectRoot } from "../files";
import { fileSides } from "../packages/fileSides";
import { VIRTUAL_ROOT } from "./virtualRoot";
import { PACKAGES } from "./worker/packages";

const machine = join(__dirname, "machine");
const polyfills = join(projectRoot, "node_modules", "@jspm", "core", "nodelibs", "browser");
const OWN = {
  ...{
    async_hooks: "asyncHooks",
    child_process: "childProcess",
    crypto: "crypto",
    fs: "fsModule",
    inspector: "inspector",
  },
  ...{ "fs/promises": "fsPromises", module: "module", os: "os", process: "process", util: "util", v8: "v8", vm: "vm" },
  ...{ worker_threads: "workerThreads", zlib: "zlib", http: "http", net: "net", "timers/promises": "timersPromises" },
} as Record<string, string>;
const POLYFILLS = [
  "assert",
  "assert/strict",
  "buffer",
  "events",
  "path",
  "querystring",
  "stream",
  "string_decoder",
  "url",
];

const common: BuildOptions = {
  ...{ bundle: true, format: "iife", platform: "browser", target: "es2022", minify: true, legalComments: "none" },
  ...{ keepNames: true, logLevel: "error", define: { global: "globalThis" } },
};

/**
 * Bundles what runs in workers: the kernel, the demo, the threads of the library, and the packages that cells import.
 *
 * @param out - the folder of the scripts
 */
export async function bundleWorkers(out: string): Promise<void> {
  const worker = (name: string) => join(__dirname, "worker", `${name}.ts`);
  const plugins = [fileSides("browser"), machineSides];
  const demo = [fileSides("tab"), sitePackages(), machineSides];
  await Promise.all([
    build({ ...common, plugins, entryPoints: [worker("kernelWorker")], outfile: join(out, "kernel.js") }),
    build({ ...common, plugins: demo, entryPoints: [join(__dirname, "demo", "demoWorker.ts")], outfile: join(out, "demo.js") }), // prettier-ignore
    build({ ...common, plugins: [threadData], entryPoints: [worker("thread")], outfile: join(out, "thread.js") }),
    ...Object.entries(PACKAGES).map(([script, names]) =>
      build({ ...common, ...packages(names), outfile: join(out, `${script}.js`) }),
    ),
  ]);
}

/** As Node loads them, so that they are the same code; without the backend for WebGL. What other scripts hold they take from there. */
function packages(names: string[]): BuildOptions {
  const list = names.map((name) => `${JSON.stringify(name)}: require(${JSON.stringify(name)})`);
  const contents = `globalThis.atelierPackages = { ${list.join(", ")} };`;
  return {
    stdin: { contents, resolveDir: projectRoot },
    mainFields: ["main"],
    conditions: ["node"],
    plugins: [withoutGraphics, sitePackages(names), machineSides],
  };
}

/** Takes the machine's side for Node's modules, and gives files their places in the virtual file system. */
export const machineSides: Plugin = {
  name: "machine sides",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z0-9_]+(\/[a-z]+)?$/ }, ({ path: name, importer }) => {
      const plain = name.replace(/^node:/, "");
      if (importer.includes(`${join("@jspm", "core")}`)) return undefined;
      if (OWN[plain]) return { path: join(machine, `${OWN[plain]}.ts`) };
      if (!POLYFILLS.includes(plain)) return undefined;
      return { path: join(polyfills, `${plain}.js`) };
    });
    onResolve({ filter: /^@jspm\/core\/nodelibs\// }, ({ path: name }) => ({ path: join(polyfills, `${basename(name)}.js`) })); // prettier-ignore
    onResolve({ filter: /^@tslab\/typescript-for-tslab$/ }, () => ({ path: require.resolve("typescript") }));
    onResolve({ filter: /^(\.|tslab\/dist)\/jupyter$/ }, () => ({
      path: join(__dirname, "..", "kernel", "tslabOutput.ts"),
    }));
    onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (path.includes("@jspm") || !/__(dirname|filename)\b/.test(text)) return undefined;
      const place = `${VIRTUAL_ROOT}/${relative(projectRoot, path).replace(/\\/g, "/")}`;
      const names = `var __filename = ${JSON.stringify(place)}, __dirname = ${JSON.stringify(dirname(place))};\n`;
      return { contents: names + text, loader: path.endsWith(".ts") ? "ts" : "js" };
    });
  },
};

const withoutGraphics: Plugin = {
  name: "without graphics",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@tensorflow\/tfjs-backend-webgl|node-fetch|encoding)$/ }, ({ path }) => ({ path, namespace: "none" })); // prettier-ignore
    onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Takes the site's packages from their scripts, as cells do, but for `own` ones. */
function sitePackages(own: string[] = []): Plugin {
  return {
    name: "site packages",
    setup({ onResolve, onLoad }) {
      const names = [...Object.values(PACKAGES).flat(), "sharp"].filter((name) => !own.includes(name));
      onResolve({ filter: /^[@a-z]/ }, ({ path }) => (names.includes(path) ? { path, namespace: "site" } : undefined));
      onLoad({ filter: /.*/, namespace: "site" }, ({ path }) => ({
        contents: `module.exports = require("./addPackages").sitePackage(${JSON.stringify(path)}, new URL(".", self.location.href));`,
        resolveDir: join(__dirname, "worker"),
      }));
    },
  };
}

const threadData: Plugin = {
  name: "thread data",
  setup({ onResolve }) {
    onResolve({ filter: /^node:worker_threads$/ }, () => ({ path: join(machine, "threadData.ts") }));
  },
};
