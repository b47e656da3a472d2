import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Dealer } from "zeromq";
import { decodeMessage, encodeMessage, newRequest } from "../../lib/runner/wire";
import { type LiveKernel, LONGEST, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
afterEach(() => kernel.endCells());
after(() => kernel.end());

test("prompt() asks the person at the notebook and waits for the answer", async () => {
  const { key, shell_port, stdin_port } = kernel.connection;
  const options = { routingId: "person", linger: 0, receiveTimeout: LONGEST * 1000 };
  const [shell, stdin] = [new Dealer(options), new Dealer(options)];
  shell.connect(`tcp://127.0.0.1:${shell_port}`);
  stdin.connect(`tcp://127.0.0.1:${stdin_port}`);
  try {
    const code = 'const name = prompt("Who?"); if (name !== "Ada") throw new Error(String(name));';
    await shell.send(encodeMessage(newRequest("s", "execute_request", { code, allow_stdin: true }), key));
    const question = decodeMessage(await stdin.receive(), key);
    assert.deepEqual(
      [question.header.msg_type, question.content],
      ["input_request", { prompt: "Who?", password: false }],
    );
    await stdin.send(encodeMessage(newRequest("s", "input_reply", { value: "Ada" }), key));
    assert.equal(decodeMessage(await shell.receive(), key).content.status, "ok");
  } finally {
    shell.close();
    stdin.close();
  }
});

test("prompt() throws where nobody can answer", async () => {
  const { content } = await kernel.run('prompt("Who?")', { allow_stdin: false });
  assert.equal(
    content.evalue,
    'prompt(): nobody can answer "Who?" here; run the cell in JupyterLab, or set the value in it',
  );
});

test("a question that nobody answers can be interrupted", async () => {
  const asked = kernel.run('prompt("Who?")', { allow_stdin: true });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kernel.ask("interrupt_request", {}, "control");
  assert.equal((await asked).content.ename, "KeyboardInterrupt");
  assert.equal((await kernel.run("1")).content.status, "ok");
});
