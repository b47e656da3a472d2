import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import type { KernelSpec } from "../../lib/kernel/kernelSpec";
import { npmProgram } from "../npmPackage";

/**
 * Installs Deno by npm in a folder of its own, once, and gives the command that starts its kernel.
 *
 * @throws Error where npm cannot, with what it said
 */
export function denoKernelSpec(): (connectionFile: string) => KernelSpec {
  const deno = npmProgram({ name: "deno", version: "2.9.6", find: binaryIn });
  return (connectionFile) => ({
    argv: [deno, "jupyter", "--kernel", "--conn", connectionFile],
    env: { NO_COLOR: "1" },
  });
}

/** The program lies in the package of the platform. */
function binaryIn(modules: string): string | undefined {
  const platforms = path.join(modules, "@deno");
  if (!existsSync(platforms)) return undefined;
  const names = readdirSync(platforms).flatMap((name) =>
    ["deno", "deno.exe"].map((file) => path.join(platforms, name, file)),
  );
  return names.find((name) => existsSync(name));
}
