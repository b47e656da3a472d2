import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot, shownPath } from "../../files";
import { findPython } from "../../python/findPython";
import { NativeError } from "./nativeError";

/** What a build works with. */
export interface BuildTools {
  /** The C++ compiler. */
  compiler: string;
  /** The package whose sources are compiled; it holds the folder `binding`. */
  source: string;
}

/** Where a build is to happen, and what it may use. */
export interface BuildPlace {
  /** Need not be there yet. */
  folder: string;
  /** Whether the library for NVIDIA's GPUs is wanted. */
  cuda: boolean;
  platform?: string;
  arch?: string;
  /** Read for `CXX` and `PATH`. */
  env?: NodeJS.ProcessEnv;
  /** Default `node_modules`. */
  modules?: string;
  /** Bytes that are free on the disk of an existing folder. */
  freeBytes?: (folder: string) => number;
}

/** TensorFlow 2.21 has packages for Python 3.10 to 3.13. */
export const NEWEST_PYTHON: [number, number] = [3, 13];

/** Either package has the same sources. */
const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"];

const COMPILERS = ["c++", "g++", "clang++"];

/** Gigabytes for the unpacked packages and, while they are installed, their archives: 1.3 + 0.3, and 6.5 + 3.4. */
const SPACE = { cpu: 2, cuda: 12 };

/**
 * Checks, before anything is fetched, that TensorFlow's library can be built into a folder here.
 *
 * @throws NativeError in one line, when the system is not Linux on x86-64, there is no C++ compiler, no source or too
 *   little space; PythonError when there is no Python that will do
 */
export function findBuildTools({ folder, cuda, ...place }: BuildPlace): BuildTools {
  const { platform = process.platform, arch = process.arch, env = process.env, freeBytes = bytesFree } = place;
  if (platform !== "linux" || arch !== "x64")
    throw new NativeError(
      `TensorFlow's library is built on Linux on x64 only, this is ${platform} on ${arch}; elsewhere WebGPU uses the GPU`,
    );
  const source = findSource(place.modules ?? path.join(projectRoot, "node_modules"));
  const compiler = findCompiler(env);
  findPython({ env, newest: NEWEST_PYTHON });
  checkSpace(folder, cuda ? SPACE.cuda : SPACE.cpu, freeBytes);
  return { compiler, source };
}

function findSource(modules: string): string {
  const folders = PACKAGES.map((name) => path.join(modules, name));
  const source = folders.find((folder) => fs.existsSync(path.join(folder, "binding", "tfjs_binding.cc")));
  if (source) return source;
  throw new NativeError(
    `Neither ${PACKAGES.join(" nor ")} is installed, whose sources are compiled; run npm install, without --omit=optional`,
  );
}

function findCompiler(env: NodeJS.ProcessEnv): string {
  const names = env.CXX ? [env.CXX] : COMPILERS;
  const compiler = names.find((name) => spawnSync(name, ["--version"], { env }).status === 0);
  if (compiler) return compiler;
  throw new NativeError(
    `There is no C++ compiler here (tried: ${names.join(", ")}); install one (Debian and Ubuntu: apt install g++) or name it with CXX`,
  );
}

function checkSpace(folder: string, wanted: number, freeBytes: (folder: string) => number): void {
  let existing = folder;
  while (!fs.existsSync(existing)) existing = path.dirname(existing);
  const free = freeBytes(existing) / 1e9;
  if (free >= wanted) return;
  throw new NativeError(
    `${shownPath(folder)} needs ${wanted} GB of disk space, ${free.toFixed(1)} GB are free; make space and run the same command again`,
  );
}

function bytesFree(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}
