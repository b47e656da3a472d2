import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "node:test";
import { serve } from "../../lib/demo/serve";
import type { App } from "../../lib/demo/server";

const app: App = { fetch: () => new Response("here") };

/** What a raw connection is sent until it is closed. */
async function talk(url: string, text: string, act: (socket: Socket) => void = () => {}): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let heard = "";
  socket.on("data", (data) => (heard += data));
  socket.on("error", () => {});
  socket.write(text);
  act(socket);
  await once(socket, "close");
  return heard;
}

test("serve() answers on loopback alone and gives its port back", async () => {
  const server = await serve(app);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.equal(await (await fetch(server.url)).text(), "here");
  await server.close();
  await server.closed();
  await assert.rejects(fetch(server.url));
});

/** On a connection of its own, as one to a server of the same port that has gone is of no use. */
const get = (url: string) => fetch(url, { headers: { connection: "close" } });

test("serve() lets what is open end where it is closed with a wait, and takes nothing new", async () => {
  let [answer, asked] = [() => {}, () => {}];
  const reached = new Promise<void>((resolve) => (asked = resolve));
  const slow = async () => {
    asked();
    await new Promise<void>((resolve) => (answer = resolve));
    return new Response("late");
  };
  const server = await serve({ fetch: ({ url }) => (url.endsWith("/slow") ? slow() : new Response("here")) });
  assert.equal(await (await fetch(server.url)).text(), "here"); // its connection is kept, but idle
  const open = fetch(`${server.url}slow`).then((response) => response.text());
  await reached;
  const closing = server.close(open.then(() => {}));
  await assert.rejects(get(server.url));
  answer();
  assert.equal(await open, "late");
  await closing;
});

test("serve() replaces the server of the same name, also on any free port, and leaves others", async () => {
  let closings = 0;
  const first = await serve(app, { onClose: () => closings++ });
  const other = await serve(app, { name: "other" });
  const second = await serve(app);
  await assert.rejects(fetch(first.url));
  await first.close(); // once more, which leaves the second alone
  assert.ok((await get(second.url)).ok && (await get(other.url)).ok);
  assert.ok(closings >= 1);
  const port = Number(new URL(second.url).port);
  await second.close();
  await serve(app, { port });
  const again = await serve(app, { port });
  assert.ok((await get(again.url)).ok);
  await again.close();
  await other.close();
});

test("serve() says which port or host it cannot have, and why", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const taken = `serve(): port ${port} of 127.0.0.1 cannot be used, another program holds it; try port 0, any free one`;
  await assert.rejects(serve(app, { port }), { message: taken });
  const nowhere = "serve(): port 0 of 192.0.2.1 cannot be used, this machine has no such address; try host 127.0.0.1";
  await assert.rejects(serve(app, { host: "192.0.2.1" }), { message: nowhere });
  other.close();
});

test("serve() lets nobody send a request's head drop by drop", async () => {
  const server = await serve(app, { headTime: 200 });
  const heard = await talk(server.url, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", (socket) => {
    const drops = setInterval(() => socket.write("a"), 50);
    socket.once("close", () => clearInterval(drops));
  });
  assert.match(heard, /^HTTP\/1\.1 408 Request Timeout/);
  assert.ok((await fetch(server.url)).ok);
  await server.close();
});

test("serve() closes connections beyond its limit, and answers again when others have gone", async () => {
  const server = await serve(app, { connections: 20 });
  const port = Number(new URL(server.url).port);
  const sockets = Array.from({ length: 100 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  const closed = sockets.map((socket) => once(socket, "close"));
  await Promise.race(closed);
  const open = () => sockets.filter((socket) => !socket.destroyed && socket.readyState === "open").length;
  for (let look = 0; look < 100 && open() > 20; look++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(open(), 20);
  sockets.forEach((socket) => socket.destroy());
  await Promise.all(closed);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok((await fetch(server.url)).ok);
  await server.close();
});

test("serve() answers nonsense with 400 and stays", async () => {
  const server = await serve(app);
  assert.match(await talk(server.url, "\x16\x03\x01 nonsense\r\n\r\n"), /^HTTP\/1\.1 400/);
  assert.match(await talk(server.url, "GET http://[::1 HTTP/1.1\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 400/);
  assert.ok((await fetch(server.url)).ok);
  await server.close();
});

test("serve() closes connections on which nothing moves", async () => {
  const server = await serve({ fetch: () => new Promise<Response>(() => {}) }, { idleTime: 200 });
  const started = Date.now();
  assert.equal(await talk(server.url, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "");
  assert.ok(Date.now() - started >= 150);
  await server.close();
});
