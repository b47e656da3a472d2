import { execFile } from "child_process";
import { readdirSync, readFileSync } from "fs";
import { promisify } from "util";

const PAGE = 4096; // bytes, on the machines that have /proc
const run = promisify(execFile);

/**
 * The memory of a process and all that it has started, in bytes that are in RAM: by /proc on Linux, by `ps` elsewhere.
 *
 * @param group - the process group; a kernel leads its own
 * @returns 0 where it cannot be found out, as on Windows
 */
export async function groupMemory(group: number): Promise<number> {
  try {
    return process.platform === "linux" ? fromProc(group) : await fromPs(group);
  } catch {
    return 0;
  }
}

function fromProc(group: number): number {
  let pages = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statFields(name);
    if (fields && Number(fields[2]) === group) pages += Number(fields[21]);
  }
  return pages * PAGE;
}

/** The fields of /proc/PID/stat after the program's name, which may hold spaces and brackets. */
function statFields(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined; // it has ended
  }
}

async function fromPs(group: number): Promise<number> {
  if (process.platform === "win32") return 0;
  const { stdout } = await run("ps", ["-A", "-o", "pgid=,rss="]);
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.reduce((sum, [own, kilobytes]) => (own === group ? sum + kilobytes * 1024 : sum), 0);
}
