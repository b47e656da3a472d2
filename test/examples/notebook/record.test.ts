import { record } from "../../../lib/notebook/record";
import { example } from "../example";

example(record, () => {
  record("testAccuracy", 0.90321); // testAccuracy = 0.9032
  record("backend", "simd"); // backend = simd
});
