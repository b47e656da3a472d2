import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launchFirefox, skipFirefox as skip } from "../browser";
import { startTabKernel, type TabKernel } from "./tabKernel";

describe("in Firefox", { skip }, () => {
  let tab: TabKernel;
  before(async () => (tab = await startTabKernel({}, launchFirefox)));
  after(() => tab?.end());

  /** What a cell prints. */
  async function printedBy(code: string): Promise<string> {
    const seen = await tab.ask("execute_request", { code });
    const failure = seen.find(({ header }) => header.msg_type === "error");
    assert.equal(failure, undefined, failure?.content.evalue);
    return seen.map(({ content }) => content.text ?? "").join("");
  }

  test("a cell computes on the compiled kernels, with threads that share memory", async () => {
    const printed = await printedBy(
      `import * as tf from "@tensorflow/tfjs"; import { useBackend } from "./lib/compute/useBackend";
       process.env.ATELIER_THREADS = "2"; await useBackend(); console.log("sum " + tf.ones([3]).sum().dataSync()[0]);`,
    );
    assert.match(printed, /on simd: compiled kernels with .* on 2 threads of the CPU[^]*\nsum 3\n/);
  });

  test("a cell's demo answers its fetch()", async () => {
    const printed = await printedBy(
      `import { demo } from "./lib/demo/demo";
       const page = await demo({ fn: (text: string) => text + "!", inputs: ["text"], outputs: ["text"], title: "A demo" });
       const body = JSON.stringify({ data: ["hello"] });
       const answer = await fetch(page.url + "gradio_api/run/predict", { method: "POST", body });
       console.log(((await answer.json()) as { data: string[] }).data[0]);`,
    );
    assert.match(printed, /hello!/);
  });
});
