import { record } from "../../../lib/notebook/record";
import { example } from "../example";

example(record, () => {
  record("testAccuracy", 0.90321); // testAccuracy = 0.9032
  record("backend", "simd"); // backend = simd
  record("loss", [2.3, 1.1, 0.7, 0.5, 0.4]); // loss = 2.3000, 1.1000, 0.7000, … 0.4000 (5 epochs)
});
