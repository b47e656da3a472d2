import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { childrenOf } from "../../../bench/demoWorkers/memoryOf";
import { Refused } from "../../../lib/demo/web/refused";
import type { Team } from "../../../lib/demo/workers/team";
import { isAlive, plantedTeam, until } from "./plantedTeam";

type Planted = Awaited<ReturnType<typeof plantedTeam>>;

let planted: Planted;
let team: Team;
before(async () => {
  planted = await plantedTeam({ delay: 300, lookEvery: 250 });
  team = planted.team;
});
after(() => team.close());

const whole = () => until(() => planted.pids().every((pid) => pid !== undefined), "a whole team");
const classify = () => team.call("classifyExample", [1, {}]) as Promise<{ label: string }>;

test("startTeam() starts processes of their own, and tells once what all of them say", () => {
  const [first, second] = planted.pids();
  assert.ok(first && second && first !== second && first !== process.pid);
  assert.deepEqual(planted.lines, ["planted services"]);
  assert.deepEqual(team.description.users, ["0", "1"]);
});

test("call() shares the calls among the workers, and hands on what they refuse and throw", async () => {
  const labels = Promise.all(Array.from({ length: 6 }, classify));
  assert.deepEqual(team.members().map(({ worker }) => worker?.calls), [3, 3]); // prettier-ignore
  assert.deepEqual(new Set((await labels).map(({ label }) => label)), new Set(["full"]));
  await assert.rejects(
    team.call("similar", [9, 1]),
    new Refused(404, "unknown_item", "There is no item 9. The items run from 0 to 2."),
  );
  await assert.rejects(team.call("recommend", ["pid", 1]), (error: Error) => {
    const [, pid] = /^fault of (\d+)$/.exec(error.message) ?? [];
    assert.match(error.stack!, /plantedProgram\.ts/);
    return planted.pids().includes(Number(pid));
  });
});

test("a worker that is killed is replaced, and its calls are answered by another one", async () => {
  const [killed, other] = planted.pids();
  const calls = Array.from({ length: 6 }, classify);
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.kill(killed!, "SIGKILL");
  for (const { label } of await Promise.all(calls)) assert.equal(label, "full");
  assert.equal(team.counts.repeated, 3);
  await whole();
  assert.equal(team.counts.lost, 1);
  assert.ok(!planted.pids().includes(killed) && planted.pids().includes(other));
  assert.ok(planted.lines.includes(`Worker ${killed} has ended (SIGKILL); another one takes its place.`));
});

test("a call that ends two workers is given up with 503, and the team is whole again", async () => {
  await assert.rejects(
    team.call("recommend", ["die", 1]),
    (error: Refused) => error.status === 503 && error.code === "worker_lost" && error.retryAfter === 3,
  );
  assert.equal(team.counts.failed, 1);
  await whole();
  assert.equal((await classify()).label, "full");
});

test("a worker that hangs is killed, and what waits for it is answered by another one", async () => {
  await whole();
  const hung = assert.rejects(team.call("recommend", ["hang", 1]), { code: "worker_lost" });
  const calls = await Promise.all(Array.from({ length: 4 }, classify).map((call) => call.catch(({ code }: Refused) => ({ label: code })))); // prettier-ignore
  await hung;
  assert.ok(calls.some(({ label }) => label === "full"));
  assert.ok(planted.lines.some((line) => /has ended \(it has not answered for 2 s\)/.test(line)));
  await whole();
});

test("restart() replaces one worker after the other, and each ends when it has answered", async () => {
  await whole();
  const before = planted.pids();
  let [answered, over] = [0, false];
  const client = async () => {
    while (!over) {
      assert.equal((await classify()).label, "full");
      answered++;
    }
  };
  const [lost, repeated] = [team.counts.lost, team.counts.repeated];
  const clients = Array.from({ length: 4 }, client);
  await Promise.all([team.restart(), team.restart()]); // the second one after the first
  over = true;
  await Promise.all(clients);
  assert.ok(answered > 4);
  assert.equal(team.counts.replaced, 4);
  assert.deepEqual([team.counts.lost, team.counts.repeated], [lost, repeated]);
  for (const pid of before) assert.ok(!planted.pids().includes(pid) && !isAlive(pid!));
});

test(
  "workers that are replaced while killed ones are replaced too leave a whole team and nobody beside it",
  { skip: process.platform !== "linux" && "Linux tells which processes run" },
  async () => {
    const own = await plantedTeam({ count: 2, delay: 50 });
    const others = childrenOf(process.pid).filter((pid) => !own.pids().includes(pid));
    for (const pid of own.pids()) process.kill(pid!, "SIGKILL");
    await until(() => own.team.counts.lost === 2, "the end of both");
    await own.team.restart(); // while others are about to take their places
    const crew = () => childrenOf(process.pid).filter((pid) => !others.includes(pid)).sort(); // prettier-ignore
    await until(() => own.pids().every((pid) => pid !== undefined) && crew().length === 2, "two workers");
    assert.deepEqual(crew(), own.pids().sort());
    assert.equal(((await own.team.call("classifyExample", [1, {}])) as { label: string }).label, "full");
    await own.team.close();
  },
);

test("close() ends all workers, also those that work", async () => {
  const own = await plantedTeam({ count: 2, delay: 200 });
  const pids = own.pids();
  const call = assert.rejects(own.team.call("classifyExample", [1, {}]));
  await own.team.close();
  await call;
  for (const pid of pids) assert.ok(!isAlive(pid!));
  await assert.rejects(own.team.call("similar", [0, 1]), { status: 503, code: "no_worker" });
});

test("startTeam() tells why a worker cannot start, and leaves none behind", async () => {
  await assert.rejects(plantedTeam({ users: () => "broken" }), { message: "the models are broken" });
});

test("restart() leaves the workers where a new one cannot start, or knows other things", async () => {
  let users = "0,1";
  const own = await plantedTeam({ count: 1, users: () => users });
  const before = own.pids();
  users = "broken";
  await assert.rejects(own.team.restart(), { message: "the models are broken" });
  users = "0,1,2";
  await assert.rejects(own.team.restart(), {
    message: "its models know other items, users or categories: end the demo and start it again",
  });
  assert.deepEqual(own.pids(), before);
  assert.ok(await own.team.call("similar", [0, 1]));
  await own.team.close();
});
