import { randomBytes } from "crypto";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "fs";
import { tmpdir } from "os";
import { dirname, join } from "path";
import { projectRoot } from "../files";
import { kernelSpec, type KernelSpec } from "../kernel/kernelSpec";

/** A folder for one submission, and how a kernel starts that is confined to it. */
export interface Sandbox {
  folder: string;
  /** Variables on top of our own environment; undefined takes one away. */
  env: Record<string, string | undefined>;
  spec: (connectionFile: string) => KernelSpec;
  /** Writes the checks of lib/course anew and gives how cells import them: nothing that ran before can have changed them. */
  freshChecks(): string;
  remove(): void;
}

/** Files by which native modules find out which system this is. */
const SYSTEM = ["/etc/alpine-release", "/etc/os-release", "/usr/bin/ldd", "/proc/cpuinfo", "/proc/meminfo"];

/** What Node says of its own permissions: it comes when it likes, and would stand among the outputs of a cell. */
const QUIET = ["ExperimentalWarning", "SecurityWarning"];

/** What a submission may know of our environment. */
const KEPT =
  /^(PATH|LANG|LC_\w+|TZ|TERM|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|ATELIER_(?!MODELS)\w+|FASHION_MNIST_DIR|LD_LIBRARY_PATH)$/i;

/**
 * Makes the sandbox. Node's permission model lets the kernel read its own code, the library and the data sets, write into
 * its folder alone and start no program. It does not keep the kernel from the network, and native add-ons go past it.
 *
 * @param memory - bytes; the heap of JavaScript gets three quarters of it
 * @param threads - of the compiled kernels; as many as there are cores where it is left out
 */
export function newSandbox(memory: number, threads?: number): Sandbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "atelier-grade-")));
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const taken = Object.keys(process.env).filter((name) => !KEPT.test(name));
  const own = { HOME: folder, USERPROFILE: folder, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const env = {
    ...Object.fromEntries(taken.map((name) => [name, undefined])),
    ...own,
    ATELIER_MODELS: join(folder, "models"),
    ...(threads !== undefined && { ATELIER_THREADS: String(threads) }),
  };
  const heap = Math.max(64, Math.round((0.75 * memory) / 2 ** 20));
  const spec = (connectionFile: string) => {
    const { argv, ...rest } = kernelSpec(connectionFile, { snapshot: false });
    const [node, ...args] = argv;
    const flags = permissionFlags([folder, dirname(realpathSync(connectionFile))]);
    return { ...rest, argv: [node, `--max-old-space-size=${heap}`, ...flags, ...args] };
  };
  const freshChecks = () => {
    const name = `checks-${randomBytes(8).toString("hex")}`;
    cpSync(join(projectRoot, "lib", "course"), join(folder, name), { recursive: true });
    return `./${name}/`;
  };
  return { folder, env, spec, freshChecks, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Paths end in a star and not in a folder: Node 20 breaks at a path that is the beginning of another. */
function permissionFlags([folder, connection]: string[]): string[] {
  const named = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
  const searched = new Set([...foldersAbove(folder), ...foldersAbove(projectRoot)]);
  const probed = ["node_modules*", "package.json", "tsconfig.json", "jsconfig.json"]; // where modules are looked for
  const given = process.env.FASHION_MNIST_DIR;
  const read = [
    ...[...searched].flatMap((place) => probed.map((name) => join(place, name))),
    ...["lib*", "data*"].map((name) => join(projectRoot, name)),
    ...SYSTEM,
    `${realpathSync(join(projectRoot, "node_modules"))}*`,
    ...[folder, connection, ...(given ? [given] : [])].map((place) => `${place}*`),
  ];
  return [
    ...[named, "--allow-worker", "--allow-addons"],
    ...QUIET.map((warning) => `--disable-warning=${warning}`),
    ...[...new Set(read)].map((place) => `--allow-fs-read=${place}`),
    `--allow-fs-write=${folder}*`,
  ];
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
