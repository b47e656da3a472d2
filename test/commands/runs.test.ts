import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { startServer } from "../sweep/export/mlflowServer";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

test("runs says so where there is no run, lists those there are, and passes over what is none", async () => {
  const none = { code: 0, stdout: "No runs yet: npm start makes the first one.\n", stderr: "" };
  assert.deepEqual(await project.run(["runs"]), none);

  const lesson = { file: "notebooks/01-a.ipynb", status: "ok", seconds: 90, cells: 3 };
  const summary = { lessons: [{ ...lesson, parameters: { epochs: 3 }, metrics: { testAccuracy: 0.9012345 } }] };
  project.write("runs/2026-01-02T03-04-05/summary.json", JSON.stringify(summary));
  project.write("runs/2026-01-03T00-00-00/summary.json", '{"lessons": [{"file": 3}]}');
  project.write("runs/2026-01-04T00-00-00/summary.json", '{"less');
  project.write("runs/notes.txt", "not a run");
  const { code, stdout, stderr } = await project.run(["runs"]);
  assert.equal(code, 0);
  const [head, rule, row, ...rest] = stdout.trimEnd().split("\n");
  assert.match(head, /^time +lesson +parameters +results +minutes$/);
  assert.match(rule, /^[- ]+$/);
  assert.match(row, /^2026-01-02T03-04-05 +01-a +epochs=3 +testAccuracy 0.9012 +1\.5$/);
  assert.deepEqual(rest, []);
  const notes = stderr.trimEnd().split("\n");
  assert.equal(notes.length, 2);
  for (const note of notes) assert.match(note, /summary\.json is not a summary of a run; passed over$/);
});

test("runs compares the runs that are named, in the terminal, as a page and as JSON", async () => {
  const lesson = { file: "notebooks/01-a.ipynb", status: "ok", seconds: 90, cells: 3 };
  const summary = { lessons: [{ ...lesson, parameters: { epochs: 9 }, metrics: { testAccuracy: 0.95 } }] };
  project.write("runs/2026-02-01T00-00-00/summary.json", JSON.stringify(summary));
  const ended = await project.run(["runs", "2026-01-02", "last", "--html", "out/c.html", "--json", "out/c.json"]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /^testAccuracy +0\.9012 +0\.9500 \(\+0\.0488\)$/m);
  assert.match(ended.stdout, /^wrote out\/c\.html$/m);
  assert.match(readFileSync(join(project.folder, "out/c.html"), "utf8"), /class="output figure"/);
  const { lessons } = JSON.parse(readFileSync(join(project.folder, "out/c.json"), "utf8"));
  assert.deepEqual(lessons[0].parameters, { epochs: [3, 9] });

  const alone = await project.run(["runs", "last"]);
  const wanted = "Two runs of the same lesson are wanted to compare; npm run runs lists those there are\n";
  assert.deepEqual([alone.code, alone.stderr.split("\n").slice(-2).join("\n")], [2, wanted]);
});

test("runs --sweep prints the best rows of a sweep, and writes its page and its CSV", async () => {
  const rows = [1, 2, 3].map((seed) => ({ id: `row${seed}`, parameters: { seed } }));
  project.write("runs/sweeps/mine/sweep.json", JSON.stringify({ version: 1, name: "mine", notebook: "n.ipynb", varied: ["seed"], rows })); // prettier-ignore
  for (const { id, parameters } of rows.slice(0, 2)) {
    const notebook = { status: "ok", seconds: 3, metrics: { score: parameters.seed / 4 } };
    project.write(`runs/rows/${id}/report.json`, JSON.stringify({ version: 1, notebooks: [notebook] }));
  }
  const { code, stdout } = await project.run(["runs", "--sweep", "mine"]);
  assert.equal(code, 0);
  const [title, , head, , best, second, , ...wrote] = stdout.trimEnd().split("\n");
  assert.equal(title, "mine: 2 of 3 rows, the best by score");
  assert.match(head, /^ +seed +score +time$/);
  assert.deepEqual([best, second].map((line) => line.split(/ {2,}/).slice(0, 3)), [["1", "2", "0.5000"], ["2", "1", "0.2500"]]); // prettier-ignore
  const names = ["index.html", "rows.csv", "rows.arrow"];
  assert.deepEqual(
    wrote,
    names.map((name) => `wrote runs/sweeps/mine/${name}`),
  );
  assert.match(readFileSync(join(project.folder, "runs/sweeps/mine/index.html"), "utf8"), /<h1[^>]*>Sweep mine<\/h1>/);
  const csv = readFileSync(join(project.folder, "runs/sweeps/mine/rows.csv"), "utf8");
  assert.equal(csv, "row,status,seed,score,seconds\r\nrow1,ok,1,0.25,3\r\nrow2,ok,2,0.5,3\r\nrow3,left,3,,\r\n");
  const none = await project.run(["runs", "--sweep", "other"]);
  assert.deepEqual(none, { code: 2, stdout: "", stderr: 'There is no sweep "other"; there are mine\n' });
});

test("runs --sweep --tensorboard writes a folder for each finished row, and is refused without a sweep", async () => {
  const { code, stdout, stderr } = await project.run(["runs", "--sweep", "mine", "--tensorboard", "out/board"]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^wrote 2 rows to out\/board: tensorboard --logdir ".*board"$/m);
  assert.deepEqual(readdirSync(join(project.folder, "out/board")).sort(), ["seed=1_row1", "seed=2_row2"]);
  const alone = await project.run(["runs", "--tensorboard", "out/board"]);
  const wanted = "--tensorboard is for the rows of a sweep; give --sweep NAME too\n";
  assert.deepEqual(alone, { code: 2, stdout: "", stderr: wanted });
});

test("runs --sweep --mlflow sends the finished rows, and says how many were there", async () => {
  const there = { info: { run_id: "r1", status: "FINISHED" }, data: { tags: [{ key: "atelier.row", value: "row1" }] } };
  const answer = { experiment: { experiment_id: "1" }, runs: [there], run: { info: { run_id: "r2" } } };
  const server = await startServer(() => ({ body: answer }));
  const { code, stdout, stderr } = await project.run(["runs", "--sweep", "mine", "--mlflow", server.url]);
  await server.close();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^sent 1 row to MLflow's experiment mine; 1 row was there$/m);
  const created = server.asked.filter(({ method }) => method.endsWith("runs/create"));
  assert.deepEqual(
    created.map(({ content }) => content.run_name),
    ["seed=2"],
  );
});

test("runs --sweep --mlflow says in one line that no server is there, and what an address is", async () => {
  const gone = await project.run(["runs", "--sweep", "mine", "--mlflow", "http://127.0.0.1:1"]);
  const wanted =
    /^The MLflow server http:\/\/127\.0\.0\.1:1 cannot be reached \(.+\); start it, or give its address\n$/;
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, wanted);
  const wrong = await project.run(["runs", "--sweep", "mine", "--mlflow", "mlruns"]);
  const message = 'The MLflow server is "mlruns"; give an address alone, as in http://127.0.0.1:5000\n';
  assert.deepEqual(wrong, { code: 2, stdout: "", stderr: message });
});
