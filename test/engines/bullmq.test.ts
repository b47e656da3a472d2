import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { readRowResult } from "../../lib/sweep/rowResult";
import { newProject } from "../commands/project";
import { code } from "../runner/samples";
import { startS3 } from "../sweep/engines/bullmq/s3Server";
import { endCommands, saidByAll, startCommand } from "./command";
import { type RedisServer, skip, startRedis } from "./redisServer";

const project = newProject();
const servers: RedisServer[] = [];
after(async () => {
  endCommands();
  await Promise.all(servers.map((server) => server.remove()));
  project.remove();
});

/** Each row notes when it begins a step, keeps how many are done where models are kept, and may have to wait for a file. */
const parameters = code("const seed: number = 1; // 0 to 99\nconst steps: number = 1;", "parameters");
const work = `
import * as fs from "node:fs";
import { record } from "./notebooks/lib/notebook/record";
const kept = \`\${process.env.ATELIER_MODELS}/steps-\${seed}\`;
fs.mkdirSync(process.env.ATELIER_MODELS!, { recursive: true });
const done = () => (fs.existsSync(kept) ? fs.readFileSync(kept, "utf8").length : 0);
const found = done();
for (let step = found; step < steps; step++) {
  fs.appendFileSync(\`began-\${seed}\`, String(step));
  if (seed === 13) throw new Error("unlucky");
  while (fs.existsSync(\`hold-\${seed}-\${step}\`)) await new Promise((resolve) => setTimeout(resolve, 20));
  fs.appendFileSync(kept, "+");
}
record("score", Math.sin(seed));`;
project.writeNotebook("row.ipynb", [parameters, code(work)]);
mkdirSync(join(project.folder, "data", "models"), { recursive: true });

/** What rows of this seed have begun: a digit for each step. */
const began = (seed: number) => textOf(`began-${seed}`);
const textOf = (name: string) => {
  const file = join(project.folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

/** A server with commands that work through it. */
async function newRig(words?: string[], addressOf?: (port: number) => string, more = {}) {
  const server = await startRedis(words, addressOf);
  servers.push(server);
  const env = { ATELIER_REDIS: server.url, ...more };
  const sweep = (...own: string[]) =>
    startCommand(project.folder, ["sweep", "row.ipynb", "--engine", "bullmq", ...own], env);
  const worker = (name: string, folder = project.folder, own: Record<string, string> = {}) =>
    startCommand(folder, ["sweep", "work", "--name", name, "--at-once", "1"], { ...env, ...own });
  return { server, sweep, worker };
}

async function wait(until: () => boolean, what: string): Promise<void> {
  for (let look = 0; look < 1200 && !until(); look++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(until(), `${what}; the commands say:\n${saidByAll()}`);
}

const hold = (seed: number, step = 0) => project.write(`hold-${seed}-${step}`, "");
const release = (seed: number, step = 0) => rmSync(join(project.folder, `hold-${seed}-${step}`));

/** A key and a certificate for localhost that it signs itself. */
function makeCertificate(folder: string): [key: string, certificate: string] {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const words = ["-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]; // prettier-ignore
  execFileSync("openssl", ["req", "-x509", ...words, "-addext", "subjectAltName=DNS:localhost"], { stdio: "ignore" });
  return [key, certificate];
}

/** The scores that a sweep has, by seed. */
function scoresOf(name: string): Record<number, number> {
  const { rows } = JSON.parse(textOf(`runs/sweeps/${name}/sweep.json`));
  return Object.fromEntries(
    rows.map(({ id, parameters: { seed } }: { id: string; parameters: { seed: number } }) => {
      const result = readRowResult(join(project.folder, "runs", "rows", id));
      return [seed, result?.metrics.score];
    }),
  );
}

describe("the engine bullmq", { skip, concurrency: 3 }, () => {
  test("a killed worker's row goes on elsewhere within seconds, from where it was; each row is there once", async () => {
    const { sweep, worker } = await newRig();
    hold(1, 1);
    const first = worker("first");
    const words = ["-p", "seed=1..3", "-p", "steps=2", "--name", "kill"];
    const running = sweep(...words);
    await wait(() => began(1) === "01", "seed 1 is in its second step");
    const second = worker("second");
    await second.until(/takes rows from/);
    first.child.kill("SIGKILL");
    const killed = performance.now();
    await running.until(/seed=1 goes on: second has it now/);
    const seconds = (performance.now() - killed) / 1000;
    assert.ok(seconds < 20, `${seconds} s`); // 5 s where the machine has nothing else to do
    await wait(() => began(1) === "011", "it goes on with its second step");
    release(1, 1);
    assert.equal(await running.ended, 0, running.said());
    assert.match(running.said(), /^kill: 3 rows, \d workers? at redis:[^ ]+, results in runs\n/);
    assert.match(running.said(), /\nworker first takes rows, 1 at a time\n[^]*\n3 rows: 3 finished\n/);
    assert.deepEqual(scoresOf("kill"), { 1: Math.sin(1), 2: Math.sin(2), 3: Math.sin(3) });
    assert.deepEqual([began(2), began(3)], ["01", "01"]);
    const again = sweep(...words);
    assert.equal(await again.ended, 0);
    assert.match(again.said(), /^kill: 3 rows, finished already\n/);
    second.child.kill("SIGINT");
    assert.equal(await second.ended, 0);
    assert.match(second.said(), /\nseed=1 {2}[\d.]+ s\n[^]*the worker has ended\n$/);
  });

  test("a row that always fails and a row that hangs are failed with their errors, and tried once", async () => {
    const { sweep, worker } = await newRig();
    hold(5);
    worker("only");
    const running = sweep("-p", "seed=13,5", "--timeout", "3", "--name", "bad");
    assert.equal(await running.ended, 1);
    assert.match(running.said(), /seed=13 {2}failed: Error: unlucky/);
    assert.match(running.said(), /seed=5 {2}failed: CellTimeoutError: the cell ran longer than its limit of 3\.0 s/);
    assert.match(running.said(), /\n2 rows: 2 failed\n/);
    assert.match(running.said(), /seed=13 failed: see runs\/rows\/[0-9a-f]{12}\/log\.txt/);
    assert.deepEqual([began(13), began(5)], ["0", "0"]);
    release(5);
    const again = sweep("-p", "seed=13,5", "--timeout", "3", "--name", "bad");
    assert.equal(await again.ended, 1);
    assert.match(again.said(), /\n2 rows: 1 finished, 1 failed\n/);
    assert.equal(began(13), "00");
  });

  test("when Redis goes away and returns with its data, the row that runs goes on; a worker also ends without it", async () => {
    const { server, sweep, worker } = await newRig();
    hold(6);
    const only = worker("only");
    const running = sweep("-p", "seed=6..7", "--name", "away");
    await wait(() => began(6) === "0", "seed 6 has begun");
    await server.crash();
    await Promise.all([only, running].map((one) => one.until(/Redis at redis:[^ ]+ is away; waiting for it\n/)));
    await new Promise((resolve) => setTimeout(resolve, 5000)); // longer than a worker's right to its row lasts
    await server.restart("its data");
    await Promise.all([only, running].map((one) => one.until(/is back\n/)));
    release(6);
    assert.equal(await running.ended, 0, running.said() + only.said());
    assert.deepEqual([began(6), began(7)], ["0", "0"]);
    assert.equal(running.said().match(/is away/g)?.length, 1);
    await server.crash();
    only.child.kill("SIGTERM");
    assert.equal(await only.ended, 0, only.said());
  });

  test("when Redis returns without its data, the rows are put into the queue again", async () => {
    const { server, sweep, worker } = await newRig();
    hold(8, 1);
    worker("only");
    const running = sweep("-p", "seed=8..9", "-p", "steps=2", "--name", "lost");
    await wait(() => began(8) === "01", "seed 8 is in its second step");
    await server.crash();
    await server.restart("nothing");
    await running.until(/2 rows were no longer in Redis; they are in the queue again\n/);
    await wait(() => began(8) === "011", "seed 8 goes on with its second step");
    release(8, 1);
    assert.equal(await running.ended, 0, running.said());
    assert.deepEqual([began(8), began(9)], ["011", "01"]);
  });

  test("a worker that is paused ends its row, and does not meddle when it wakes up", async () => {
    const { sweep, worker } = await newRig();
    hold(10, 1);
    const first = worker("first");
    const running = sweep("-p", "seed=10", "-p", "steps=2", "--name", "pause");
    await wait(() => began(10) === "01", "seed 10 is in its second step");
    first.child.kill("SIGSTOP");
    worker("second");
    await wait(() => began(10) === "011", "the second worker has taken it up");
    first.child.kill("SIGCONT");
    await first.until(/seed=10 .*is with another worker now/);
    release(10, 1);
    assert.equal(await running.ended, 0, running.said());
    assert.equal(began(10), "011");
  });

  test("Ctrl-C at the sweep takes its rows back and ends those that run; the next start finishes them", async () => {
    const { sweep, worker } = await newRig();
    hold(11, 1);
    const only = worker("only");
    const words = ["-p", "seed=11..12", "-p", "steps=2", "--name", "stop"];
    const running = sweep(...words);
    await wait(() => began(11) === "01", "seed 11 is in its second step");
    running.child.kill("SIGINT");
    assert.equal(await running.ended, 1);
    assert.match(running.said(), /seed=11 {2}interrupted.*\n2 rows: 2 left\nthe same command again/);
    await only.until(/seed=11 {2}interrupted/);
    assert.equal(began(12), "");
    release(11, 1);
    const again = sweep(...words);
    assert.equal(await again.ended, 0, again.said());
    assert.deepEqual([began(11), began(12)], ["011", "01"]);
  });

  test("Ctrl-C at a worker gives its row back; a worker with other code takes none, and the sweep says so", async () => {
    const { sweep, worker } = await newRig();
    const other = newProject();
    try {
      other.write("lib/later.ts", "export {};\n");
      worker("other", other.folder);
      hold(14);
      const first = worker("first");
      const running = sweep("-p", "seed=14", "--name", "back");
      await wait(() => began(14) === "0", "seed 14 has begun");
      first.child.kill("SIGINT");
      assert.equal(await first.ended, 0);
      assert.match(first.said(), /\nseed=14 {2}given back {2}.*\nthe worker has ended\n$/);
      await running.until(/worker first has gone\n[^]*no worker has this version of the code \([0-9a-f]{12}\): other has [0-9a-f]{12}; give them this one/); // prettier-ignore
      release(14);
      worker("third");
      assert.equal(await running.ended, 0, running.said());
      assert.equal(began(14), "00");
    } finally {
      other.remove();
    }
  });

  test("two sweeps at once, of two projects, share the rows that both have", async () => {
    const { server, sweep, worker } = await newRig();
    const other = newProject();
    try {
      other.writeNotebook("row.ipynb", [parameters, code(work)]);
      const place = join(project.folder, "shared");
      hold(15);
      worker("only");
      const one = sweep("-p", "seed=15..16", "--results", place, "--name", "one");
      await wait(() => began(15) === "0", "seed 15 has begun");
      const words = ["sweep", "row.ipynb", "--engine", "bullmq", "-p", "seed=15..17", "--results", place, "--name", "two"]; // prettier-ignore
      const two = startCommand(other.folder, words, { ATELIER_REDIS: server.url });
      await two.until(/1 at a time/);
      release(15);
      assert.deepEqual(await Promise.all([one.ended, two.ended]), [0, 0], one.said() + two.said());
      assert.deepEqual([began(15), began(16), began(17)], ["0", "0", "0"]);
    } finally {
      other.remove();
    }
  });

  test("it refuses what it cannot use in one line: no Redis, a wrong password, no place, another engine's setting", async () => {
    const { server } = await newRig(["--requirepass", "secret word"], (port) => `redis://:secret%20word@127.0.0.1:${port}`); // prettier-ignore
    const without = server.url.replace("secret%20word", "other");
    const shown = server.url.replace(/:\/\/.*@/, "://");
    const refusals: [words: string[], message: string][] = [
      [["--engine", "bullmq", "--redis", "redis://127.0.0.1:1"], "Redis at redis://127.0.0.1:1 cannot be reached (connect ECONNREFUSED 127.0.0.1:1); start it, as with redis-server, or give --redis"], // prettier-ignore
      [["--engine", "bullmq", "--redis", without], `Redis at ${shown} refuses the password; give it in the address, as in redis://:PASSWORD@host, or in ATELIER_REDIS`], // prettier-ignore
      [["--engine", "bullmq", "--redis", shown], `Redis at ${shown} refuses the password; give it in the address, as in redis://:PASSWORD@host, or in ATELIER_REDIS`], // prettier-ignore
      [["--engine", "bullmq", "--redis", "redis://192.0.2.1"], "The engine bullmq needs a place for results that this machine and the workers reach; give --results FOLDER, or s3://bucket/prefix"], // prettier-ignore
      [["--redis", server.url], "redis is a setting of the engine bullmq; give --engine bullmq too, or leave it out"], // prettier-ignore
    ];
    for (const [words, message] of refusals)
      assert.deepEqual(await project.run(["sweep", "row.ipynb", "-p", "seed=30", ...words]), {
        ...{ code: 2, stdout: "", stderr: `${message}\n` },
      });
    const work = await project.run(["sweep", "work", "--redis", without]);
    assert.deepEqual(work, { code: 2, stdout: "", stderr: `${refusals[1][1]}\n` });
  });

  test("it works over TLS with a password, which nothing shows", async () => {
    const [key, certificate] = makeCertificate(project.folder);
    const words = [
      "--requirepass",
      "secret",
      "--port",
      "0",
      "--tls-auth-clients",
      "no",
      "--tls-cert-file",
      certificate,
    ];
    const address = (port: number) => `rediss://:secret@localhost:${port}?ca=${certificate}`;
    const { server, sweep, worker } = await newRig([...words, "--tls-key-file", key], address);
    const only = worker("only");
    const running = sweep("-p", "seed=20", "--name", "tls");
    assert.equal(await running.ended, 0, running.said());
    assert.match(running.said(), /^tls: 1 row, \d workers? at rediss:\/\/localhost:\d+, results in runs\n/);
    assert.ok(!(running.said() + only.said()).includes("secret"));
    const strange = server.url.replace(/\?.*/, "");
    const ended = await project.run(["sweep", "work", "--redis", strange]);
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /^Redis at rediss:[^ ]+ cannot be reached \(self-signed certificate\); .*\n$/);
  });

  test("results come back through S3, and a row goes on there from its checkpoints on another machine", async () => {
    const store = await startS3();
    const other = newProject();
    try {
      other.writeNotebook("row.ipynb", [parameters, code(work)]);
      const { sweep, worker } = await newRig(undefined, undefined, store.variables);
      hold(22, 1);
      const first = worker("first");
      const running = sweep("-p", "seed=22", "-p", "steps=2", "--results", "s3://rows/tests", "--name", "s3");
      await wait(() => [...store.files.keys()].some((name) => name.endsWith("/steps-22")), "a checkpoint is there");
      const second = worker("second", other.folder);
      await second.until(/takes rows from/);
      first.child.kill("SIGKILL");
      assert.equal(await running.ended, 0, running.said());
      assert.equal(began(22), "01");
      assert.equal(readFileSync(join(other.folder, "began-22"), "utf8"), "1");
      assert.deepEqual(scoresOf("s3"), { 22: Math.sin(22) });
      assert.deepEqual([...store.files.keys()].filter((name) => name.includes("models")), []); // prettier-ignore
    } finally {
      await store.close();
      other.remove();
    }
  });

  const noDisk = process.platform !== "linux" || process.getuid?.() !== 0 ? "only root can make a small disk" : false;
  test(
    "a full disk: the worker gives the row back, or keeps its result, and says so, until there is room",
    { skip: noDisk },
    async () => {
      const place = join(project.folder, "small");
      mkdirSync(place);
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", place]);
      try {
        const { sweep, worker } = await newRig();
        hold(23);
        const only = worker("only");
        const running = sweep("-p", "seed=23", "--results", place, "--name", "full");
        await wait(() => began(23) === "0", "seed 23 has begun");
        assert.throws(() => writeFileSync(join(place, "other"), new Uint8Array(1 << 21)), /ENOSPC/);
        release(23);
        await only.until(/takes no rows: nothing can be written to .*small\/models: ENOSPC/);
        await running.until(/worker only takes no rows: nothing can be written to .*small\/models: ENOSPC/);
        rmSync(join(place, "other"));
        assert.equal(await running.ended, 0, running.said());
        assert.equal(began(23).replace(/0+/, "0"), "0");

        project.write("small/models/steps-24", "+"); // so that this row needs no room itself
        assert.throws(() => writeFileSync(join(place, "other"), new Uint8Array(1 << 21)), /ENOSPC/);
        const next = sweep("-p", "seed=24", "--results", place, "--name", "kept");
        await next.until(/worker only takes no rows: a result cannot be written to .*small: ENOSPC/);
        rmSync(join(place, "other"));
        assert.equal(await next.ended, 0, next.said());
        assert.match(only.said(), /result cannot [^\n]*\ntakes rows again\nseed=24 {2}[\d.]+ s\n/);
      } finally {
        execFileSync("umount", [place]);
      }
    },
  );

  test("a clock that jumps by a day and back changes nothing", async () => {
    const { sweep, worker } = await newRig();
    project.write(
      "jump.js",
      "const { now } = Date; let shift = 0; setInterval(() => (shift = shift ? 0 : 864e5 * (Math.random() < 0.5 ? 1 : -1)), 300).unref(); Date.now = () => now() + shift;",
    );
    hold(18);
    worker("only", project.folder, { NODE_OPTIONS: `--require ${join(project.folder, "jump.js")}` });
    const running = sweep("-p", "seed=18..19", "--name", "jump");
    await wait(() => began(18) === "0", "seed 18 has begun");
    await new Promise((resolve) => setTimeout(resolve, 6000)); // some jumps, longer than the right to a row lasts
    release(18);
    assert.equal(await running.ended, 0, running.said());
    assert.deepEqual([began(18), began(19)], ["0", "0"]);
  });
});
