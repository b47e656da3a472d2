import { readFileSync } from "node:fs";

/** What this process takes, in MB: now, and at most so far, where Linux tells. */
export function memory(): { now: number; most: number } {
  const now = process.memoryUsage().rss / 1e6;
  if (process.platform !== "linux") return { now, most: process.resourceUsage().maxRSS / 1e3 };
  const [, most = "0"] = /^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return { now, most: (Number(most) * 1024) / 1e6 };
}
