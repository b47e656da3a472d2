import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../lib/files";
import type { KernelSpec } from "../../lib/kernel/kernelSpec";

const DENO = "2.9.6";

/**
 * Installs Deno by npm in a folder of its own, once, and gives the command that starts its kernel.
 *
 * @throws Error where npm cannot, with what it said
 */
export function denoKernelSpec(): (connectionFile: string) => KernelSpec {
  const home = path.join(projectRoot, "data", "downloads", "npm", `deno-${DENO}`);
  mkdirSync(home, { recursive: true });
  const found = binaryIn(home) ?? installed(home);
  return (connectionFile) => ({
    argv: [found, "jupyter", "--kernel", "--conn", connectionFile],
    env: { NO_COLOR: "1" },
  });
}

function installed(home: string): string {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const flags = ["install", "--prefix", home, "--no-audit", "--no-fund", "--ignore-scripts", `deno@${DENO}`];
  const { status, stderr } = spawnSync(npm, flags, { encoding: "utf8", shell: process.platform === "win32" });
  const binary = binaryIn(home);
  if (status !== 0 || binary === undefined) throw new Error(`npm could not install deno ${DENO}: ${stderr}`);
  return binary;
}

/** The program lies in the package of the platform. */
function binaryIn(home: string): string | undefined {
  const platforms = path.join(home, "node_modules", "@deno");
  if (!existsSync(platforms)) return undefined;
  const names = readdirSync(platforms).flatMap((name) =>
    ["deno", "deno.exe"].map((file) => path.join(platforms, name, file)),
  );
  return names.find((name) => existsSync(name));
}
