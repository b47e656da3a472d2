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
  const cure = "which version 4.22.0 has and which is corrected here: install 4.22.0";
  assert.throws(() => layerClass("Moon"), {
    message: `TensorFlow.js ${tf.version_core} has not the layer Moon, ${cure}`,
  });
  assert.throws(() => correctMethod(layerClass("Dense"), "sing", (original) => original), {
    message: `TensorFlow.js ${tf.version_core} has not Dense.sing(), ${cure}`,
  });
});
