import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { loadNotebook } from "../../lib/runner/parseNotebook";
import { code, prose } from "../runner/samples";
import { newProject } from "./project";

const project = newProject();
after(() => project.remove());

const codeCells = (name: string) =>
  loadNotebook(join(project.folder, name)).cells.filter(({ cell_type }) => cell_type === "code");

test("notebook --check tells the mistakes in the cells and runs nothing", async () => {
  project.writeNotebook("right.ipynb", [code("const one: number = 1;")]);
  project.writeNotebook("wrong.ipynb", [code("const one: number = 1;"), code('const two: string = one;\nf("x");')]);
  const right = await project.run(["notebook", "right.ipynb", "--check"]);
  assert.deepEqual([right.code, right.stdout], [0, "right.ipynb: no mistakes\n"]);
  const wrong = await project.run(["notebook", "wrong.ipynb", "--check"]);
  assert.equal(wrong.code, 1);
  assert.equal(
    wrong.stdout.replace(/\(\w+\)/g, "(id)"),
    [
      "wrong.ipynb cell 2 (id) 1:7 - error TS2322: Type 'number' is not assignable to type 'string'.",
      "    const two: string = one;",
      "          ^^^",
      "",
      "wrong.ipynb cell 2 (id) 2:1 - error TS2304: Cannot find name 'f'.",
      '    f("x");',
      "    ^",
      "",
      "wrong.ipynb: 2 mistakes",
      "",
    ].join("\n"),
  );
  assert.ok(!existsSync(join(project.folder, "wrong.out.ipynb")));
  const both = await project.run(["notebook", "right.ipynb", "--check", "--html"]);
  assert.equal(both.code, 2);
  assert.match(both.stderr, /--check runs nothing, so it does not go with html; leave one of them out/);
});

describe("with the real kernel", { concurrency: 2 }, () => {
  test("notebook executes a notebook with parameters, its own quick ones and those given, and writes a page", async () => {
    const cells = [
      prose("# A tiny one"),
      code("const epochs: number = 10;\nconst limit: number = 60000;", "parameters"),
      code("console.log(epochs, limit);"),
    ];
    project.writeNotebook("tiny.ipynb", cells, { atelier: { quick: { epochs: 1, limit: 50 } } });
    const before = readFileSync(join(project.folder, "tiny.ipynb"), "utf8");
    const ended = await project.run(["notebook", "tiny.ipynb", "--quick", "-p", "epochs=3", "--html"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    assert.match(ended.stdout, /^\[3\/3\] A tiny one\n {8}3 50\n.*\nwrote tiny\.out\.ipynb\nwrote tiny\.out\.html\n$/m);
    const [, injected, printed] = codeCells("tiny.out.ipynb");
    assert.match(injected.source, /epochs: number = 3;\nconst limit: number = 50;$/);
    assert.deepEqual(printed.outputs, [{ output_type: "stream", name: "stdout", text: "3 50\n" }]);
    assert.match(readFileSync(join(project.folder, "tiny.out.html"), "utf8"), /A tiny one/);
    assert.equal(readFileSync(join(project.folder, "tiny.ipynb"), "utf8"), before);
  });

  test("notebook ends with 1 when a cell throws, and leaves what came before it", async () => {
    project.writeNotebook("fails.ipynb", [code('console.log("first");'), code('throw new Error("on purpose");')]);
    const ended = await project.run(["notebook", "fails.ipynb", "-o", join("made", "here.ipynb")]);
    assert.equal(ended.code, 1);
    assert.match(ended.stdout, /^fails\.ipynb, cell 2 \(.*\): Error: on purpose$/m);
    const [first, second] = codeCells(join("made", "here.ipynb"));
    assert.deepEqual(first.outputs, [{ output_type: "stream", name: "stdout", text: "first\n" }]);
    assert.equal(second.outputs[0].output_type, "error");
  });

  test("notebook refuses a value of the wrong type before anything runs", async () => {
    project.writeNotebook("typed.ipynb", [code("const epochs: number = 10;", "parameters")]);
    const ended = await project.run(["notebook", "typed.ipynb", "-p", "epochs=many"]);
    assert.deepEqual(ended, {
      code: 2,
      stdout: "",
      stderr: 'The parameter epochs is "many"; a number is wanted\n',
    });
    assert.ok(!existsSync(join(project.folder, "typed.out.ipynb")));
  });

  const onWindows = { skip: process.platform === "win32" && "a signal there ends a process at once" };
  test(
    "notebook stops at Ctrl-C, which npm may pass on twice, with what it has, and ends with 1",
    onWindows,
    async () => {
      const patient = 'await new Promise((resolve) => process.once("SIGINT", resolve));';
      project.writeNotebook("long.ipynb", [
        code('console.log("first");'),
        code(patient),
        code('console.log("never");'),
      ]);
      let heard = false;
      const ended = await project.run(["notebook", "long.ipynb"], (stdout, kill) => {
        if (heard || !stdout.includes("[1/3]")) return;
        heard = true;
        for (const wait of [0, 100]) setTimeout(kill, 300 + wait, "SIGINT");
      });
      assert.equal(ended.code, 1, ended.stdout + ended.stderr);
      assert.match(ended.stdout, /^\[2\/3\] .* interrupted .*$/m);
      assert.match(ended.stdout, /^wrote long\.out\.ipynb$/m);
      const [first, , third] = codeCells("long.out.ipynb");
      assert.deepEqual(first.outputs, [{ output_type: "stream", name: "stdout", text: "first\n" }]);
      assert.deepEqual([third.execution_count, third.outputs], [null, []]);
    },
  );

  test(
    "notebook ends the kernel of a deaf cell at a second Ctrl-C, and still keeps what it has",
    onWindows,
    async () => {
      const deaf = 'process.on("SIGINT", () => {});\nconsole.log("deaf");\n';
      const asleep = "for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e6);";
      project.writeNotebook("deaf.ipynb", [code('console.log("first");'), code(deaf + asleep)]);
      let heard = false;
      const ended = await project.run(["notebook", "deaf.ipynb"], (stdout, kill) => {
        if (heard || !stdout.includes("  deaf\n")) return;
        heard = true;
        for (const wait of [0, 1500]) setTimeout(kill, wait, "SIGINT");
      });
      assert.equal(ended.code, 1, ended.stdout + ended.stderr);
      const [first, second] = codeCells("deaf.out.ipynb");
      const said = (text: string) => ({ output_type: "stream", name: "stdout", text });
      assert.deepEqual([first.outputs, second.outputs[0]], [[said("first\n")], said("deaf\n")]);
      assert.equal(second.outputs[1].output_type, "error");
    },
  );

  test("notebook ends in order when nobody reads what it says any more", async () => {
    const endless = 'for (;;) {\n  console.log("line");\n  await new Promise((resolve) => setTimeout(resolve, 20));\n}';
    project.writeNotebook("unread.ipynb", [code('console.log("first");'), code(endless)]);
    const ended = await project.run(["notebook", "unread.ipynb"], (stdout, _kill, child) => {
      if (stdout.includes("  line\n")) child.stdout?.destroy();
    });
    assert.deepEqual([ended.code, ended.stderr], [1, ""]);
    const [first, second] = codeCells("unread.out.ipynb");
    assert.deepEqual(first.outputs, [{ output_type: "stream", name: "stdout", text: "first\n" }]);
    assert.ok(second.outputs.some(({ output_type }) => output_type === "error")); // lines may follow until its kernel ends
  });

  test("notebook takes values from files, which -p outdoes, and writes how each cell went", async () => {
    const cells = [
      code("const epochs: number = 10;\nconst rates: number[] = [];", "parameters"),
      code("epochs + rates.length"),
    ];
    project.writeNotebook("given.ipynb", [...cells, code('throw new Error("on purpose");'), code("1")]);
    project.write("given.yaml", "epochs: 5\nrates: [0.1, 0.2]\n");
    const options = [
      "-f",
      "given.yaml",
      "-p",
      "epochs=3",
      "--json",
      "out/a.json",
      "--junit",
      "out/a.xml",
      "--allow-errors",
    ];
    const ended = await project.run(["notebook", "given.ipynb", ...options]);
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stdout, /^\[3\/5\] epochs \+ rates\.length\n {8}5\n/m);
    const report = JSON.parse(readFileSync(join(project.folder, "out/a.json"), "utf8"));
    assert.equal(report.versions.node, process.versions.node);
    const [{ parameters, cells: results }] = report.notebooks;
    assert.deepEqual(parameters, { epochs: 3, rates: [0.1, 0.2] });
    const statuses = results.map(({ status }: { status: string }) => status);
    assert.deepEqual(statuses, ["ok", "ok", "ok", "failed", "ok"]);
    assert.match(
      readFileSync(join(project.folder, "out/a.xml"), "utf8"),
      /<failure type="Error" message="on purpose">/,
    );
  });

  test("notebook refuses files and cells that are not there, in one line", async () => {
    project.writeNotebook("tiny2.ipynb", [code("const mode: Mode = 1;", "parameters")]);
    project.write("list.json", "[1]");
    const refusal = async (...args: string[]) => {
      const { code: exit, stdout, stderr } = await project.run(["notebook", "tiny2.ipynb", ...args]);
      assert.deepEqual([exit, stdout], [2, ""]);
      return stderr;
    };
    assert.match(await refusal("-f", "list.json"), /^list\.json holds a list; names with values are wanted.*\n$/);
    assert.match(
      await refusal("-f", "none.yaml"),
      /^There is no file none\.yaml; give the path of a \.yaml or \.json file\n$/,
    );
    assert.match(await refusal("--until", "7"), /^--until is "7"; a number from 1 to 1, .* is wanted\n$/);
  });
});

test("notebook has left no half-written file", () => {
  assert.deepEqual(
    readdirSync(project.folder).filter((name) => name.startsWith(".")),
    [],
  );
});
