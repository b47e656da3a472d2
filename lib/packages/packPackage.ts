import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { bundlePackage } from "./bundle";
import { compilePackage } from "./compile";
import { library, libraryFiles } from "./libraryFiles";

/** A package that this project publishes, by its folder in this room. */
export interface PackageSource {
  folder: "backend" | "recommender" | "kernel";
  /** Files of lib that it finds at run time, at the same place in its own lib. */
  assets: RegExp;
  /** Makes its JavaScript and its types in the folder `lib`. */
  fill(source: string, out: string): Promise<void> | void;
}

const bundled = (source: string, out: string) => bundlePackage({ source, out });

/** The packages in the order in which they are packed. */
export const packages: PackageSource[] = [
  {
    folder: "backend",
    assets: /^(compute\/simd\/build\/.*\.(wasm|node)|threads\/worker\.js)$/,
    fill: bundled,
  },
  {
    folder: "recommender",
    assets: /^(recommend\/build\/.*\.wasm|threads\/worker\.js)$/,
    fill: bundled,
  },
  {
    folder: "kernel",
    assets:
      /^(kernel\/(launch|ownFiles|snapshotEntry|snapshotMaker)\.js|kernel\/start\.sh|lab\/kernelspec\/.*|threads\/worker\.js|(compute\/simd|recommend)\/build\/.*\.(wasm|node))$/,
    fill: compilePackage,
  },
];

/** A tarball, ready for `npm install` and `npm publish`. */
export interface Tarball {
  name: string;
  version: string;
  file: string;
  /** Bytes of the tarball, and of what it unpacks to. */
  size: number;
  unpackedSize: number;
}

/**
 * Makes a package's tarball as `npm pack` does. Its parts lie in a folder beside it only while it is made.
 *
 * @param out - the folder of the tarball; made if it is not there
 * @throws Error when npm refuses, with what it said
 */
export async function packPackage({ folder, assets, fill }: PackageSource, out: string): Promise<Tarball> {
  const source = path.join(library, "packages", folder);
  fs.mkdirSync(out, { recursive: true });
  const staging = fs.mkdtempSync(path.join(out, ".packing-"));
  try {
    for (const name of ["package.json", "README.md", "CHANGELOG.md"])
      fs.copyFileSync(path.join(source, name), path.join(staging, name));
    fs.copyFileSync(path.join(projectRoot, "LICENSE"), path.join(staging, "LICENSE"));
    await fill(source, path.join(staging, "lib"));
    copyAssets(assets, path.join(staging, "lib"));
    return npmPack(staging, out);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}

function copyAssets(wanted: RegExp, out: string): void {
  for (const name of libraryFiles().filter((found) => wanted.test(found))) {
    const target = path.join(out, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(library, name), target);
  }
}

function npmPack(folder: string, out: string): Tarball {
  const npm = process.env.npm_execpath;
  const args = ["pack", "--json", "--ignore-scripts", "--loglevel=error", "--pack-destination", path.resolve(out)];
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, stderr, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`npm pack failed in ${folder}: ${(stderr || stdout || String(error)).trim()}`);
  const [{ name, version, filename, size, unpackedSize }] = JSON.parse(stdout);
  return { name, version, file: path.join(out, path.basename(filename)), size, unpackedSize };
}
