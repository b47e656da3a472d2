import assert from "node:assert/strict";
import { test } from "node:test";
import { buildApp } from "../../lib/demo/app";
import { serve } from "../../lib/demo/serve";

const app = buildApp({
  users: ["0", "1", "7"],
  recommend: (user) => [{ title: `Item <1> for ${user}`, image: "data:image/png;base64,AA==", score: 1.25 }],
});

const ask = (path: string, init?: RequestInit) => app(new Request(`http://localhost${path}`, init));

test("buildApp() answers a known user with items as JSON", async () => {
  const response = ask("/recommend?user=7");
  assert.equal(response.status, 200);
  const item = { title: "Item <1> for 7", image: "data:image/png;base64,AA==", score: 1.25 };
  assert.deepEqual(await response.json(), { user: "7", items: [item] });
});

test("buildApp() refuses an unknown user, a missing one, another method and another path in words", async () => {
  const refused = async (path: string, init?: RequestInit) => {
    const response = ask(path, init);
    return [response.status, ((await response.json()) as { error: string }).error];
  };
  assert.deepEqual(await refused("/recommend?user=99"), [404, 'There is no user "99". The user ids run from 0 to 7.']);
  assert.deepEqual(await refused("/recommend"), [400, "No user was named; add ?user=0."]);
  assert.deepEqual(await refused("/", { method: "POST" }), [405, "The method is POST; only GET is answered."]);
  assert.deepEqual(await refused("/etc/passwd"), [404, "There is no /etc/passwd; try / or /recommend?user=0."]);
});

test("buildApp() shows the form, the pictures and the refusal on its page, all of it escaped", async () => {
  assert.match(await ask("/").text(), /<form>.*name="user"/s);
  assert.match(await ask("/?user=1").text(), /alt="Item &#60;1&#62; for 1"/);
  const refusal = ask("/?user=%3Cscript%3E");
  assert.equal(refusal.status, 404);
  const html = await refusal.text();
  assert.match(html, /There is no user &#34;&#60;script&#62;&#34;/);
  assert.doesNotMatch(html, /<script>/);
});

test("serve() answers on loopback, survives faults of the app and gives its port back", async () => {
  const faulty = await serve(() => {
    throw new Error("the model is gone");
  });
  const fault = await fetch(faulty.url);
  assert.deepEqual([fault.status, await fault.json()], [500, { error: "the model is gone" }]);
  await faulty.close();
  await assert.rejects(fetch(faulty.url));

  const server = await serve(app);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.equal((await fetch(`${server.url}recommend?user=1`)).status, 200);
  await server.close();
});

test("serve() replaces the server that was asked for alike, also on any free port", async () => {
  const first = await serve(app);
  const second = await serve(app);
  await assert.rejects(fetch(first.url));
  await first.close(); // once more, which leaves the second alone
  const third = await serve(app);
  await assert.rejects(fetch(second.url));
  await third.close();

  const port = Number(new URL(third.url).port);
  await serve(app, { port });
  const again = await serve(app, { port });
  assert.equal((await fetch(`${again.url}recommend?user=0`)).status, 200);
  await again.close();
});

test("serve() says which port it cannot have", async () => {
  const { createServer } = await import("node:http");
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as { port: number };
  await assert.rejects(serve(app, { port }), { message: `serve(): port ${port} cannot be used; try port 0` });
  other.close();
});
