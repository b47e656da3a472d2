import { atTemperature, fitTemperature, measureCalibration } from "../../../lib/vision/calibration";
import { example } from "../example";

// A classifier that is always 90 % sure, and right in three of four cases.
const probabilities = Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1); // [4, 2]
const labels = Uint8Array.of(0, 0, 0, 1);

example(measureCalibration, () => {
  const { bins, expectedError } = measureCalibration(probabilities, labels, { bins: 5 });
  console.log(bins[4].count, bins[4].accuracy, expectedError.toFixed(2)); // 4 0.75 0.15
});

example(fitTemperature, () => {
  console.log(fitTemperature(probabilities, labels).toFixed(2)); // 2.00
});

example(atTemperature, () => {
  const cooled = atTemperature(probabilities, 2, 2);
  console.log(cooled.slice(0, 2)); // Float32Array(2) [ 0.75, 0.25 ]
});
