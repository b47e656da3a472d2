const LOOK = 500; // ms

/**
 * Calls `onGone` once the process that started this one is gone. Jupyter names it where a shell stands in between, our
 * runner because it may be gone before this process can look for the first time.
 */
export function watchParent(onGone: () => void): void {
  const { ppid, platform } = process;
  const named = platform === "win32" ? 0 : Number(process.env.JPY_PARENT_PID ?? 0);
  const timer = setInterval(() => {
    if (process.ppid === ppid && (named <= 1 || isAlive(named))) return;
    clearInterval(timer);
    onGone();
  }, LOOK);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
