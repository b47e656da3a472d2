import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { correctMethod, layerClass } from "../../../../lib/compute/simd/corrections/correctMethod";

test("a method is put right on top of what stands there, as often as need be", () => {
  class Door {
    static className = "Door";
    knock() {
      return "knock";
    }
  }
  for (const more of ["!", "?"]) correctMethod(Door, "knock", (original) => () => original() + more);
  assert.equal(new Door().knock(), "knock!?");
});

test("what is not there is reported, with the version that has it", () => {
  const cure = "which this backend corrects: install @tensorflow/tfjs 4.22.0, which has it";
  assert.throws(() => layerClass("Moon"), {
    message: `TensorFlow.js ${tf.version_core} has no layer Moon, ${cure}`,
  });
  assert.throws(() => correctMethod(layerClass("Dense"), "sing", (original) => original), {
    message: `TensorFlow.js ${tf.version_core} has no Dense.sing(), ${cure}`,
  });
});
