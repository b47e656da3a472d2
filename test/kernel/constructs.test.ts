import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cellsFor, constructs, WAYS } from "../../bench/kernel/constructs";
import { type LiveKernel, startLiveKernel } from "./liveKernel";

let kernel: LiveKernel;
before(async () => {
  kernel = await startLiveKernel();
});
after(() => kernel.end());

for (const way of WAYS)
  test(`TypeScript as people write it, ${way}`, async (t) => {
    for (const construct of constructs) {
      if (construct.alone && way === "across cells") continue;
      await t.test(construct.name, async () => {
        for (const code of cellsFor(construct, way)) {
          const { content, of } = await kernel.run(code);
          assert.equal(content.status, "ok", content.evalue);
          const shown = of("execute_result")[0]?.data["text/plain"];
          if (code.includes("JSON.stringify(")) assert.deepEqual(JSON.parse(shown), construct.wanted);
        }
      });
    }
  });
