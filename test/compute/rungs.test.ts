import assert from "node:assert/strict";
import { test } from "node:test";
import { tryBackend } from "../../lib/commands/backends/tryBackend";
import { backendCandidates } from "../../lib/compute/backendCandidates";
import { skipSlow, softwareGpu } from "./webgpu/softwareGpu";

/** Ten steps of the first lesson's net, so small that plain JavaScript and a GPU in software take them in time. */
const ten = { steps: 9, batchSize: 2, seconds: 500 };
const TOLERANCE = 1e-4;

const reference = skipSlow ? undefined : tryBackend({ name: "simd", ...ten });

for (const { name } of backendCandidates.filter((candidate) => candidate.name !== "simd"))
  test(
    `${name} has the losses of simd in the first ten steps, from the same seed`,
    { skip: skipSlow },
    async (context) => {
      const [expected, found] = await Promise.all([reference, tryBackend({ name, ...ten, env: softwareGpu })]);
      assert.ok(expected && "losses" in expected, JSON.stringify(expected));
      if ("why" in found && isAbsence(found.why)) return context.skip(found.why);
      assert.ok("losses" in found, `${name}: ${JSON.stringify(found)}`);
      assert.equal(found.losses.length, 10);
      found.losses.forEach((loss, i) => {
        const apart = Math.abs(loss - expected.losses[i]);
        assert.ok(apart <= TOLERANCE, `step ${i + 1}: ${loss} on ${name}, ${expected.losses[i]} on simd`);
      });
    },
  );

/** Whether the reason is that the backend cannot be here, and not that it fails. */
function isAbsence(why: string): boolean {
  return /is not installed|without its native library|sees no GPU|finds no GPU/.test(why);
}
