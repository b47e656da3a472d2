import { spawnSync } from "child_process";

/**
 * Runs a program to its end, its output shown.
 *
 * @param env - variables on top of our own
 * @throws Error when it cannot be started or ends with another code than 0
 */
export function call(program: string, args: string[], env: Record<string, string>): void {
  const { status, signal, error } = spawnSync(program, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status === 0) return;
  const how = error ? `failed: ${error.message}` : `ended with ${signal ?? `code ${status}`}`;
  throw new Error(`${[program, ...args].join(" ")} ${how}`);
}
