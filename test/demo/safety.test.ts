import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { buildApp } from "../../lib/demo/app";
import { serve } from "../../lib/demo/serve";
import type { Server } from "../../lib/demo/server";
import type { Limits } from "../../lib/demo/web/limits";
import { plantedServices } from "./plantedServices";

const page = { html: "<h1>page</h1>", files: new Map() };

const newApp = (limits: Partial<Limits> = {}, delay = 0, hosts: string[] = []) => {
  const app = buildApp(plantedServices({ delay }), { page, limits, hosts });
  return (path: string, init: RequestInit = {}, headers: Record<string, string> = {}) =>
    app.fetch(new Request(`http://localhost${path}`, { ...init, headers: { host: "localhost:80", ...headers } }));
};

const ask = newApp();

const codeOf = async (answer: Promise<Response> | Response) => {
  const response = await answer;
  const { error, code } = (await response.json()) as { error: { code: string }; code?: string };
  return [response.status, code ?? error.code];
};

test("the demo answers to this machine's names and plain addresses, not to a stranger's name (DNS rebinding)", async () => {
  for (const host of ["localhost:7860", "127.0.0.1", "[::1]:80", "shop.localhost", "192.168.1.5:7860"])
    assert.equal((await ask("/", {}, { host })).status, 200, host);
  for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b"])
    assert.deepEqual(await codeOf(ask("/", {}, { host })), [403, "wrong_host"], host);
  const known = newApp({}, 0, ["Demo.example"]);
  assert.equal((await known("/", {}, { host: "demo.example:7860" })).status, 200);
});

test("pages of this machine may call the demo, pages of others neither read nor write", async () => {
  const own = await ask("/api/users", {}, { origin: "http://localhost:8888" });
  assert.equal(own.headers.get("access-control-allow-origin"), "http://localhost:8888");
  const refused = await ask("/api/recommend?user=x", {}, { origin: "http://127.0.0.1:3000" });
  assert.equal(refused.headers.get("access-control-allow-origin"), "http://127.0.0.1:3000"); // so that it can be read
  const asked = { origin: "http://localhost:8888", "access-control-request-headers": "x-gradio-user" };
  const preflight = await ask("/gradio_api/queue/join", { method: "OPTIONS" }, asked);
  assert.deepEqual([preflight.status, preflight.headers.get("access-control-allow-headers")], [204, "x-gradio-user"]);
  for (const origin of ["https://evil.example", "http://localhost.evil.example", "null", "file://", "nonsense"])
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await ask("/gradio_api/upload", { method }, { origin });
      assert.equal(answer.headers.get("access-control-allow-origin"), null);
      if (method !== "HEAD") assert.deepEqual(await codeOf(answer), [403, "wrong_origin"], origin);
    }
  const served = await ask("/api/users", {}, { host: "192.168.1.5:7860", origin: "http://192.168.1.5:7860" });
  assert.equal(served.status, 200);
});

test("every answer forbids scripts of others, guessing of types and keeping", async () => {
  for (const path of ["/", "/api", "/api/users", "/config", "/nothing", "/gradio_api/file=nothing"]) {
    const { headers } = await ask(path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'/, path);
    assert.doesNotMatch(policy, /unsafe/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
    assert.equal(headers.get("cache-control"), "no-store", path);
  }
});

const upload = async (name: string, type: string, text: string, answer = ask) => {
  const form = new FormData();
  form.append("files", new Blob([text], { type }), name);
  const response = await answer("/gradio_api/upload", { method: "POST", body: form });
  return response.ok ? ((await response.json()) as string[])[0] : response;
};

test("uploads are kept in memory under names that nobody guesses, and only they are served", async () => {
  const path = (await upload("../../etc/a b<c>.png", "image/png", "bytes")) as string;
  assert.match(path, /^uploads\/[0-9a-f-]{36}\/a_b_c_.png$/);
  const file = await ask(`/gradio_api/file=${path}`);
  assert.deepEqual([file.headers.get("content-type"), await file.text()], ["image/png", "bytes"]);
  for (const evil of ["uploads/../../package.json", "/etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/package.json", "package.json", `${path}/..`, "file:///etc/passwd", "http://127.0.0.1:1/"])
    assert.deepEqual(await codeOf(ask(`/gradio_api/file=${evil}`)), [404, "not_found"], evil); // prettier-ignore
});

test("an upload that could run as a page is only to be saved", async () => {
  for (const [name, type] of [["a.svg", "image/svg+xml"], ["a.html", "text/html"], ["a.png", "text/html"]]) {
    const { headers } = await ask(`/gradio_api/file=${await upload(name, type, "<script>1</script>")}`);
    assert.deepEqual([headers.get("content-type"), headers.get("content-disposition")], ["application/octet-stream", "attachment"]); // prettier-ignore
    assert.match(headers.get("content-security-policy")!, /sandbox/);
  } // prettier-ignore
});

test("uploads are forgotten after their time, and refused when there is no room", async () => {
  const short = newApp({ uploadTime: 500, uploadBytes: 2000 });
  const path = await upload("a.png", "image/png", "x".repeat(500), short);
  await upload("b.png", "image/png", "x".repeat(400), short);
  const full = (await upload("c.png", "image/png", "x", short)) as Response;
  assert.deepEqual([full.status, full.headers.get("retry-after")], [503, "60"]);
  assert.match(await full.text(), /There is no room for more files; try again in a minute\./);
  await new Promise((resolve) => setTimeout(resolve, 520));
  assert.equal((await short(`/gradio_api/file=${path}`)).status, 404);
  assert.equal(typeof (await upload("c.png", "image/png", "x", short)), "string");
});

test("a body that is too large, too slow or cut off is refused, and its room is free again", async () => {
  const small = newApp({ bodyBytes: 1000, allBodyBytes: 1500, bodyTime: 400 });
  const send = (body: BodyInit) =>
    small("/api/classify", { method: "POST", body, duplex: "half" } as RequestInit, { "content-type": "image/png" });
  assert.deepEqual(await codeOf(send("x".repeat(1001))), [413, "too_large"]);
  const stream = (parts: number, pause: number, end: "close" | "error" = "close") =>
    new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (parts-- > 0) controller.enqueue(new Uint8Array(400));
        else if (end === "close") controller.close();
        else controller.error(new Error("gone"));
      },
    });
  assert.deepEqual(await codeOf(send(stream(3, 0))), [413, "too_large"]);
  assert.deepEqual(await codeOf(send(stream(2, 900))), [408, "too_slow"]);
  assert.deepEqual(await codeOf(send(stream(1, 0, "error"))), [400, "cut_off"]);
  const together = await Promise.all([1, 2, 3].map(() => codeOf(send(stream(2, 10)))));
  assert.ok(together.some(([, code]) => code === "busy"));
  assert.deepEqual(await codeOf(send("no picture")), [415, "wrong_type"]); // the room is free
});

test("requests, streams and sessions beyond the limits are refused with 503, and served later", async () => {
  const narrow = newApp({ requests: 2, sessions: 2 }, 50);
  const classify = () => narrow("/api/classify?example=0", { method: "POST" });
  const statuses = (await Promise.all([1, 2, 3, 4].map(classify))).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [200, 200, 503, 503]);
  assert.equal((await classify()).status, 200);
  const streams = await Promise.all([1, 2, 3].map(() => narrow("/gradio_api/heartbeat/a")));
  assert.deepEqual(streams.map(({ status }) => status), [200, 200, 503]); // prettier-ignore
  await Promise.all(streams.map(({ body }) => body?.cancel()));
  const call = () => narrow("/gradio_api/call/recommend", { method: "POST", body: '{"data":["1",1]}' });
  const calls = [await call(), await call(), await call()];
  assert.deepEqual(calls.map(({ status }) => status), [200, 200, 503]); // prettier-ignore
  const { event_id: id } = (await calls[0].json()) as { event_id: string };
  assert.match(await (await narrow(`/gradio_api/call/recommend/${id}`)).text(), /^event: complete\ndata: \[/);
  assert.equal((await call()).status, 200);
});

let server: Server;
before(async () => (server = await serve(buildApp(plantedServices(), { page }), { name: "safety" })));
after(() => server.close());

test("uploads that are broken off leave nothing behind that would stop others", async () => {
  const port = Number(new URL(server.url).port);
  const head =
    "POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 9000000\r\n\r\n";
  const breakOff = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1").on("error", () => {});
      socket.write(head + "x".repeat(200_000), () => setTimeout(() => resolve(void socket.destroy()), 20));
    });
  for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 20 }, breakOff));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const big = await fetch(`${server.url}api/classify`, { method: "POST", body: new Uint8Array(9_000_000), headers: { "content-type": "image/png" } }); // prettier-ignore
  assert.equal(big.status, 415);
});

test("a body beyond the limit is refused over the wire too, and the server stays", async () => {
  const post = () => fetch(`${server.url}api/classify`, { method: "POST", body: new Uint8Array(10_000_001), headers: { "content-type": "image/png" } }); // prettier-ignore
  const [status, code] = await codeOf(post());
  assert.deepEqual([status, code], [413, "too_large"]);
  assert.equal((await fetch(server.url)).status, 200);
});

test("a refusal reaches clients that listen only when they have sent all of a large body, also where they end the connection", async () => {
  const port = Number(new URL(server.url).port);
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  const closed = once(socket, "close");
  socket.write("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\nContent-Length: 11000000\r\n\r\n"); // prettier-ignore
  for (let part = 0; part < 11; part++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    socket.write(Buffer.alloc(1_000_000));
  }
  const answer: Buffer[] = [];
  socket.on("data", (data) => answer.push(data));
  await closed;
  assert.match(Buffer.concat(answer).toString(), /^HTTP\/1\.1 413 [^]*"message":"The request is too large; at most 10 MB are accepted\."/); // prettier-ignore
});

const statusOf = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(server.url + path, init);
  const { detail, error } = (await response.json().catch(() => ({}))) as { detail?: string; error?: { message: string } }; // prettier-ignore
  return [response.status, detail ?? error?.message];
};

test("sessions have short names, and functions are named by their number", async () => {
  const join = (more: object) => statusOf("gradio_api/queue/join", { method: "POST", body: JSON.stringify({ data: ["0", 1], fn_index: 1, session_hash: "short", ...more }) }); // prettier-ignore
  const wanted = '"session_hash" must be a text of 1 to 100 characters.';
  assert.deepEqual(await join({ session_hash: "s".repeat(101) }), [400, wanted]);
  const call = { method: "POST", body: JSON.stringify({ data: ["0", 1], session_hash: "s".repeat(101) }) };
  assert.deepEqual(await statusOf("gradio_api/call/recommend", call), [400, wanted]);
  for (const index of ["length", "constructor", "__proto__", { toString: 1 }, -1, 0.5, 99])
    assert.deepEqual(await join({ fn_index: index }), [404, 'There is no such function; "fn_index" goes from 0 to 4.']);
  const cancel = { method: "POST", body: '{"event_id": {"toString": 1}}' };
  assert.equal((await statusOf("gradio_api/cancel", cancel))[0], 200);
  const wish = { method: "POST", body: '{"liked": [1], "count": {"toString": 1}}' };
  assert.deepEqual(await statusOf("api/recommend", wish), [400, '"count" must be a whole number from 1 to 100.']);
});

test("who asks only for the head of a stream takes no place of those who read one", async () => {
  const ask = newApp({ requests: 3 });
  for (let time = 0; time < 10; time++)
    assert.equal((await ask("/gradio_api/heartbeat/a", { method: "HEAD" })).status, 200);
  for (let time = 0; time < 10; time++) {
    const streams = await Promise.all([1, 2, 3, 4].map(() => ask("/gradio_api/heartbeat/a")));
    assert.deepEqual(streams.map(({ status }) => status), [200, 200, 200, 503]); // prettier-ignore
    await Promise.all(streams.map(({ body }) => body?.cancel()));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

test("an address that is answered to another method says so, a value out of bounds is no missing one", async () => {
  const refused = await fetch(`${server.url}api/classify`);
  assert.deepEqual([refused.status, refused.headers.get("allow")], [405, "POST"]);
  assert.deepEqual(await statusOf("api/users", { method: "DELETE" }), [405, "/api/users does not accept DELETE; use GET."]); // prettier-ignore
  assert.deepEqual(await statusOf("gradio_api/upload", { method: "PUT" }), [405, "/gradio_api/upload does not accept PUT; use POST."]); // prettier-ignore
  assert.equal((await statusOf("api/forecast?category=Coat&horizon=0"))[0], 400);
});

test("JSON of too many values or levels, and forms of too many parts, are refused before they are parsed", async () => {
  const wish = (body: string) => statusOf("api/recommend", { method: "POST", body });
  assert.deepEqual(await wish("[".repeat(1e6)), [400, "The JSON is nested deeper than 200 levels."]);
  assert.deepEqual(await wish(`[${"{},".repeat(600_000)}{}]`), [413, "The JSON has more than 500,000 values."]);
  assert.equal((await wish(JSON.stringify({ liked: [0], text: '[{,\\"'.repeat(1e5) })))[0], 200);
  const form = new FormData();
  for (let part = 0; part < 1001; part++) form.append("files", new Blob(["x"]), "a.png");
  assert.deepEqual(await statusOf("gradio_api/upload", { method: "POST", body: form }), [413, "The form has more than 1000 parts."]); // prettier-ignore
});

test("what is no request is refused in words too, with the headers of every answer", async () => {
  const port = Number(new URL(server.url).port);
  const talk = async (text: string) => {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    const answer: Buffer[] = [];
    socket.on("data", (data) => answer.push(data));
    socket.write(text);
    await once(socket, "close");
    return Buffer.concat(answer).toString();
  };
  for (const [text, status, code] of [
    ["nonsense\r\n\r\n", 400, "no_request"],
    ["GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400, "no_request"],
    ["GET / HTTP/1.0\r\n\r\n", 400, "no_request"],
    [`GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431, "head_too_large"],
    ["GET / HTTP/1.1\r\nHost: localhost\r\nExpect: wonders\r\n\r\n", 417, "wrong_expectation"],
  ] as const) {
    const [head, body] = (await talk(text)).split("\r\n\r\n");
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `), text);
    assert.match(head, /content-security-policy: default-src 'none'/i);
    assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, code);
  }
});

test("who sends requests and does not read is hung up on, however often, and takes nobody's place", async () => {
  for (let time = 0; time < 200; time++) {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1").on("error", () => {});
    const closed = once(socket, "close");
    socket.write("GET /api/users HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50));
    socket.resume();
    await closed;
  }
  assert.equal((await fetch(server.url)).status, 200);
});
