import { build } from "esbuild";
import { fileSides } from "../packages/fileSides";
import { machineSides } from "./bundleWorkers";

/**
 * Bundles what runs in the page.
 *
 * @param entry - the file it starts with
 * @param external - modules that the page has already
 * @returns the script, as CommonJS where `external` is not empty
 */
export async function bundlePage(entry: string, external: string[] = []): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, write: false, platform: "browser", target: "es2022", minify: true },
    ...{ format: external.length > 0 ? "cjs" : "iife", external, legalComments: "none", logLevel: "error" },
    plugins: [fileSides("browser"), machineSides],
  });
  return outputFiles[0].text;
}
