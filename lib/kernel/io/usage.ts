import { availableParallelism, freemem, hostname, totalmem } from "os";

/** Gives the function that answers a `usage_request`, as ipykernel does: percents of one core since the last one, and bytes. */
export function newUsage(): () => object {
  let last = { time: performance.now(), cpu: process.cpuUsage() };
  return () => {
    const now = { time: performance.now(), cpu: process.cpuUsage() };
    const busy = now.cpu.user + now.cpu.system - last.cpu.user - last.cpu.system; // microseconds
    const percent = now.time > last.time ? busy / 10 / (now.time - last.time) : 0;
    last = now;
    const [total, free] = [totalmem(), freemem()];
    return {
      hostname: hostname(),
      pid: process.pid,
      kernel_cpu: Math.round(percent * 10) / 10,
      kernel_memory: process.memoryUsage.rss(),
      cpu_count: availableParallelism(),
      host_virtual_memory: { total, free, available: free, used: total - free, percent: Math.round((1000 * (total - free)) / total) / 10 }, // prettier-ignore
    };
  };
}
