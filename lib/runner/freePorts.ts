import { createServer } from "net";

/**
 * Ports of loopback that were free a moment ago. All are held open until the last one is known, so that no two are the same.
 * Who connects meanwhile wants another program, which is about to take this port: kept, it would wait here for an answer.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer((socket) => void socket.destroy()));
  const listening = servers.map(
    (server) =>
      new Promise<number>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
      }),
  );
  try {
    return await Promise.all(listening);
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}
