import { reliabilityChart } from "../../../lib/chart/reliabilityChart";
import { measureCalibration } from "../../../lib/vision/calibration";
import { example } from "../example";

example(reliabilityChart, () => {
  const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1); // [4, 2]
  const { bins } = measureCalibration(probabilities, Uint8Array.of(0, 0, 0, 1));
  const [, dots] = reliabilityChart({ net: bins }).data;
  console.log("x" in dots && dots.x, "y" in dots && dots.y); // [ 0.9 ] [ 0.75 ]
});
