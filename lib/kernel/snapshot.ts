import { spawn } from "child_process";
import { createHash } from "crypto";
import { existsSync, readdirSync, statSync } from "fs";
import { dirname, join } from "path";

const build = join(__dirname, "build");
const FORM = 3; // of what is in a snapshot

/**
 * The snapshot from which a kernel starts in a third of the time: TypeScript as Node has it in memory, with the parsed
 * declarations of JavaScript's library and of Node, and those of the kernel's own files that parsed them. Undefined where there is none yet, or it is not wanted.
 */
export function snapshotFile(): string | undefined {
  const file = snapshotPlace();
  return isWanted() && existsSync(file) ? file : undefined;
}

/** ATELIER_SNAPSHOT=0 says no; and Node starts from no snapshot that was made with other options for V8. */
function isWanted(): boolean {
  return process.env.ATELIER_SNAPSHOT !== "0" && !process.env.NODE_OPTIONS;
}

/** How a snapshot is made. */
export interface SnapshotMaking {
  /** Whether this process may end meanwhile; default false. The snapshot is made to its end all the same. */
  mayEnd?: boolean;
}

/**
 * Makes the snapshot for this Node, TypeScript and `@types/node`, unless it is there or being made: some seconds of another
 * process. A folder that cannot be written costs only time.
 *
 * @returns settles when it is there, or is not to be had
 */
export async function makeSnapshot({ mayEnd = false }: SnapshotMaking = {}): Promise<void> {
  const file = snapshotPlace();
  if (!isWanted() || existsSync(file)) return;
  const args = [join(__dirname, "snapshotMaker.js"), file, require.resolve("typescript"), dirname(dirname(__dirname))];
  const child = spawn(process.execPath, args, { stdio: "ignore", detached: true });
  if (mayEnd) child.unref();
  await new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
}

/** Where the snapshot lies, or would: for another state of what is in it, under another name. */
export function snapshotPlace(): string {
  const parts = [require.resolve("typescript"), nodeTypes()].map((file) => {
    const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${file} ${size} ${mtimeMs}`;
  });
  const state = createHash("sha256")
    .update([FORM, ...parts, ...ownFiles()].join("\n"))
    .digest("hex")
    .slice(0, 16);
  return join(build, `kernel-${process.version}-${process.platform}-${process.arch}-${state}.blob`);
}

/** The kernel's files that may be in it, each with its size and its second: a copy of the kernel takes its copy of the snapshot. */
function ownFiles(): string[] {
  return ["", "compiler"].flatMap((room) =>
    readdirSync(join(__dirname, room))
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .map((name) => {
        const { size, mtimeMs } = statSync(join(__dirname, room, name));
        return `${room}/${name} ${size} ${Math.floor(mtimeMs / 1000)}`;
      }),
  );
}

function nodeTypes(): string {
  try {
    return require.resolve("@types/node/package.json");
  } catch {
    return "";
  }
}
