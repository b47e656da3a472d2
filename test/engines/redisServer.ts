import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../lib/runner/freePorts";
import { openRedis } from "../../lib/sweep/engines/bullmq/openRedis";
import { readRedisAddress } from "../../lib/sweep/engines/bullmq/redisAddress";

/** A Redis server of a test's own, on loopback. */
export interface RedisServer {
  url: string;
  /** Ends it at once, as a crash does. */
  crash(): Promise<void>;
  /** Starts it again on the same port, with the data that it has on its disk, or without any. */
  restart(keeps: "its data" | "nothing"): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

const program = ["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server"].find(
  existsSync,
);

/** Why tests with a server are left out, or false: they take a minute, and run where ATELIER_NEED_REDIS is set. */
export const skip = process.env.ATELIER_NEED_REDIS
  ? false
  : "ATELIER_NEED_REDIS=1 runs it, with redis-server installed";

/** Starts a server that keeps its data on a disk, with further words of its command line. */
export async function startRedis(words: string[] = [], addressOf = plainAddress): Promise<RedisServer> {
  const [folder, port] = [mkdtempSync(join(tmpdir(), "atelier-redis-")), (await freePorts(1))[0]];
  const url = addressOf(port);
  let server: Awaited<ReturnType<typeof launch>>;
  const start = async () => (server = await launch(url, [portOf(url), String(port), "--dir", folder, ...words]));
  await start();
  const crash = async () => {
    server.child.kill("SIGKILL");
    await server.ended;
  };
  return {
    ...{ url, crash },
    async restart(keeps) {
      if (keeps === "nothing") rmSync(join(folder, "appendonlydir"), { recursive: true, force: true });
      await start();
    },
    async remove() {
      await crash();
      rmSync(folder, { recursive: true });
    },
  };
}

function portOf(url: string): string {
  return url.startsWith("rediss:") ? "--tls-port" : "--port";
}

function plainAddress(port: number): string {
  return `redis://127.0.0.1:${port}`;
}

async function launch(url: string, words: string[]) {
  const own = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "always"];
  const child = spawn(program ?? "redis-server", [...own, ...words], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.once("error", ({ message }) => (said += `${message}; install it first`));
  for (let look = 0; look < 100; look++) {
    const redis = await openRedis(readRedisAddress(url), () => {}).catch(() => undefined);
    if (redis) {
      redis.disconnect();
      return { child, ended };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`redis-server does not answer at ${url}: ${said}`);
}
