import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../files";
import { UsageError } from "./usage";

/** All files of the project, and those that have changed, with slashes. */
export interface ProjectFiles {
  all: string[];
  changed: string[];
}

/**
 * The files that differ from the last commit, new ones among them; where none does, those of the last commit.
 *
 * @throws UsageError where this is no git checkout
 */
export function changedFiles(): ProjectFiles {
  const tracked = git("ls-files");
  const fresh = git("ls-files", "--others", "--exclude-standard");
  const differing = [...git("diff", "--name-only", "HEAD"), ...fresh];
  const changed = differing.length > 0 ? differing : git("diff", "--name-only", "HEAD~1", "HEAD");
  return { all: [...tracked, ...fresh].filter(isThere), changed };
}

function git(...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: projectRoot, encoding: "utf8" });
  if (status !== 0)
    throw new UsageError(
      `git ${args.join(" ")} failed, so what has changed is not known: ${(stderr || "no git").trim()}`,
    );
  return stdout.split("\n").filter(Boolean);
}

function isThere(file: string): boolean {
  return fs.existsSync(path.join(projectRoot, file));
}
