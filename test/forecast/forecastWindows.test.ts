import assert from "node:assert/strict";
import { before, test } from "node:test";
import { useBackend } from "../../lib/compute/useBackend";
import { forecastAhead } from "../../lib/forecast/forecastAhead";
import { forecastWindows } from "../../lib/forecast/forecastWindows";
import { buildLstm } from "../../lib/forecast/lstm";
import { predictRows } from "../../lib/forecast/predictRows";

before(() => useBackend({ env: { ATELIER_BACKEND: "simd" }, log: () => {} }));

const windows = Float32Array.from({ length: 3 * 4 * 2 }, (_, i) => Math.sin(i)); // [3, 4, 2]

test("forecastWindows() feeds back, for many windows what forecastAhead() does for one", () => {
  const model = buildLstm({ steps: 4, columns: 2, units: 5 });
  const all = forecastWindows(model, windows, 3);
  for (let window = 0; window < 3; window++) {
    const known = [...windows.subarray(window * 8, (window + 1) * 8)];
    for (let row = 0; row < 3; row++) known.push(...predictRows(model, Float32Array.from(known.slice(-8))));
    const own = [...all.subarray(window * 6, (window + 1) * 6)];
    known.slice(8).forEach((value, i) => assert.ok(Math.abs(value - own[i]) < 1e-6, `${value}, ${own[i]}`));
    const alone = forecastAhead(model, windows.subarray(window * 8, (window + 1) * 8), 3);
    alone.forEach((value, i) => assert.ok(Math.abs(value - own[i]) < 1e-6));
  }
});

test("forecastWindows() leaves its windows as they were", () => {
  const before = [...windows];
  forecastWindows(buildLstm({ steps: 4, columns: 2, units: 5 }), windows);
  assert.deepEqual([...windows], before);
});
