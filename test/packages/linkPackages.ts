import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/files";

/** What a package needs, in its package.json or in package-lock.json. */
type Needs = Partial<Record<"dependencies" | "optionalDependencies" | "peerDependencies", Record<string, string>>>;

const own = join(projectRoot, "node_modules");

/**
 * Puts what a package needs into a folder's node_modules, as links to the files of this project's: npm then checks their
 * versions and keeps them, in place of unpacking some hundred megabytes again.
 */
export function linkPackages(needs: Needs, folder: string): void {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
  const names = new Set(namesIn(needs));
  for (const name of names) for (const other of namesIn(packages[`node_modules/${name}`] ?? {})) names.add(other);
  const modules = join(folder, "node_modules");
  for (const name of names) if (existsSync(join(own, name))) linkFolder(join(own, name), join(modules, name));
  linkCommands(join(modules, ".bin"));
}

function namesIn({ dependencies, optionalDependencies, peerDependencies }: Needs): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

/** A file of another disk cannot be linked. */
function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** npm unpacks a package anew whose commands are not there. They are links, but on Windows. */
function linkCommands(bin: string): void {
  mkdirSync(bin, { recursive: true });
  for (const entry of readdirSync(join(own, ".bin"), { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue;
    const target = readlinkSync(join(own, ".bin", entry.name));
    if (existsSync(join(bin, target))) symlinkSync(target, join(bin, entry.name));
  }
}
