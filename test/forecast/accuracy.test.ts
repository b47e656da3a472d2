import assert from "node:assert/strict";
import { test } from "node:test";
import { mase, naiveScale, pinballLoss, rmsse, smape } from "../../lib/forecast/accuracy";
import { reference } from "./references";

const { losses } = reference;
const { known, actual, forecast } = losses;
const near = (ours: number, wanted: number) =>
  assert.ok(Math.abs(ours - wanted) < 1e-9, `${ours} instead of ${wanted}`);

test("mase(), rmsse(), smape() and pinballLoss() are utilsforecast's", () => {
  near(mase(forecast, actual, naiveScale(known)), losses.mase);
  near(mase(forecast, actual, naiveScale(known, 4)), losses.mase4);
  near(rmsse(forecast, actual, naiveScale(known)), losses.rmsse);
  near(smape(forecast, actual), losses.smape);
  near(pinballLoss(forecast, actual, 0.9), losses.pinball);
});

test("smape() counts a zero that was foretold as no error, and is 200 at most", () => {
  assert.equal(smape([0, 5], [0, 0]), 100);
});

test("pinballLoss() is least at the quantile", () => {
  const values = Array.from({ length: 101 }, (_, i) => i);
  const loss = (at: number) => pinballLoss(new Array(101).fill(at), values, 0.8);
  assert.ok(loss(80) < loss(70) && loss(80) < loss(90));
});

test("the measures refuse what cannot be measured", () => {
  assert.throws(() => naiveScale([5, 5, 5]), {
    name: "RangeError",
    message: "naiveScale(): the values never change, so no error can be measured by them; use the MAE",
  });
  assert.throws(() => naiveScale([1, 2], 2), /naiveScale\(\): 2 values are known, wanted 3 or more/);
  assert.throws(() => smape([1], [1, 2]), {
    name: "TypeError",
    message: "smape(): 1 forecast values for 2 actual ones; give one for each",
  });
  assert.throws(() => pinballLoss([1], [1], 1), /quantile 1 is not between 0 and 1; 0\.9 lies above nine in ten/);
});
