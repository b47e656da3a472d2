import assert from "node:assert/strict";
import { test } from "node:test";
import { buildApp } from "../../../lib/demo/app";
import { serve } from "../../../lib/demo/serve";
import { clientAddress, clientNetwork } from "../../../lib/demo/web/clientAddress";
import { rateLimit, type RateOptions } from "../../../lib/demo/web/rateLimit";
import { plantedServices } from "../plantedServices";

const page = { html: "<h1>page</h1>", files: new Map() };

/** A demo whose clock stands until it is set, asked from an address. */
function newDemo(options: Omit<RateOptions, "now">) {
  const clock = { now: 5000 };
  const admit = rateLimit({ ...options, now: () => clock.now });
  const app = buildApp(plantedServices(), { page, hooks: { admit } });
  const ask = (remoteAddress: string, headers: Record<string, string> = {}, path = "/api/users") =>
    app.request(path, { headers: { host: "localhost", ...headers } }, { incoming: { socket: { remoteAddress } } });
  const statuses = async (times: number, address: string, headers = {}) => {
    const answers = await Promise.all(Array.from({ length: times }, () => ask(address, headers)));
    return [200, 429].map((wanted) => answers.filter(({ status }) => status === wanted).length);
  };
  return { clock, ask, statuses };
}

test("rateLimit() answers ten seconds' worth at once, then so many a second, and tells when to come again", async () => {
  let refused = 0;
  const { clock, ask, statuses } = newDemo({ rate: 4, onRefused: () => refused++ });
  assert.deepEqual(await statuses(50, "192.0.2.1"), [40, 10]);
  assert.equal(refused, 10);
  const answer = await ask("192.0.2.1");
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "1"]);
  assert.deepEqual(await answer.json(), {
    error: {
      code: "too_often",
      message: "Too many requests from your address; 4 a second are answered. Try again in 1 s.",
    },
  });
  assert.match(answer.headers.get("content-security-policy")!, /default-src 'none'/);
  clock.now += 1000;
  assert.deepEqual(await statuses(10, "192.0.2.1"), [4, 6]);
  clock.now += 60_000;
  assert.deepEqual(await statuses(50, "192.0.2.1"), [40, 10]);
});

test("rateLimit() tells a slow rate's seconds, and lets a page load in any case", async () => {
  const { clock, ask, statuses } = newDemo({ rate: 0.1 });
  assert.deepEqual(await statuses(31, "192.0.2.1"), [30, 1]);
  assert.equal((await ask("192.0.2.1")).headers.get("retry-after"), "10");
  clock.now += 4000;
  assert.equal((await ask("192.0.2.1")).headers.get("retry-after"), "6");
});

test("rateLimit() takes each address by itself, and a network of IPv6 as one", async () => {
  const { statuses } = newDemo({ rate: 1 });
  assert.deepEqual(await statuses(40, "192.0.2.1"), [30, 10]);
  assert.deepEqual(await statuses(1, "::ffff:192.0.2.1"), [0, 1]);
  assert.deepEqual(await statuses(40, "192.0.2.2"), [30, 10]);
  assert.deepEqual(await statuses(40, "2001:db8:0:1::5"), [30, 10]);
  assert.deepEqual(await statuses(1, "2001:db8::1:9:8:7:6"), [0, 1]);
  assert.deepEqual(await statuses(1, "2001:db8:0:2::5"), [1, 0]);
});

test("rateLimit() believes X-Forwarded-For only of a proxy that is trusted, and of it the last address", async () => {
  const trusting = newDemo({ rate: 1, trustProxy: true });
  const by = (list: string) => ({ "x-forwarded-for": list });
  assert.deepEqual(await trusting.statuses(40, "10.0.0.1", by("198.51.100.7")), [30, 10]);
  assert.deepEqual(await trusting.statuses(1, "10.0.0.1", by("203.0.113.1, 198.51.100.7")), [0, 1]);
  assert.deepEqual(await trusting.statuses(1, "10.0.0.1", by("198.51.100.7, 203.0.113.1")), [1, 0]);
  const other = newDemo({ rate: 1 });
  for (let i = 0; i < 30; i++) assert.deepEqual(await other.statuses(1, "10.0.0.1", by(`198.51.100.${i}`)), [1, 0]);
  assert.deepEqual(await other.statuses(1, "10.0.0.1", by("198.51.100.77")), [0, 1]);
});

test("clientAddress() and clientNetwork() know how addresses are written", () => {
  const addressOf = (last: string) =>
    clientAddress({ req: { header: () => last }, env: {} } as never, { trustProxy: true });
  for (const [written, address] of [
    ["192.0.2.1:4711", "192.0.2.1"],
    ["[2001:DB8::1]:443", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["someone", "unknown"],
    ["192.0.2.1, ", "unknown"],
  ])
    assert.equal(addressOf(written), address);
  assert.equal(clientNetwork("::1"), "0:0:0:0::/64");
  assert.equal(clientNetwork("1:2:3:4:5:6:7:8"), "1:2:3:4::/64");
  assert.equal(clientNetwork("192.0.2.1"), "192.0.2.1");
});

test("a served demo limits what comes over the wire", async () => {
  const app = buildApp(plantedServices(), { page, hooks: { admit: rateLimit({ rate: 0.01 }) } });
  const server = await serve(app, { name: "rate" });
  const statuses: number[] = [];
  for (let i = 0; i < 32; i++) statuses.push((await fetch(`${server.url}api/users`)).status);
  await server.close();
  assert.deepEqual(statuses, [...new Array<number>(30).fill(200), 429, 429]);
});

test("behind a trusted proxy, the addresses that clients are told begin with its protocol", async () => {
  for (const [trustProxy, root] of [
    [true, "https://localhost:7860"],
    [false, "http://localhost:7860"],
  ] as const) {
    const app = buildApp(plantedServices(), { page, trustProxy });
    const headers = { host: "localhost:7860", "x-forwarded-proto": "https" };
    const config = await app.request("http://localhost:7860/config", { headers });
    assert.equal(((await config.json()) as { root: string }).root, root);
    assert.match(await (await app.request("http://localhost:7860/api", { headers })).text(), new RegExp(root));
  }
});
