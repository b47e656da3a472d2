import { dividedBy } from "../../../lib/data/dividedPixels";
import { example } from "../example";

example(dividedBy, () => {
  const bytes = Uint8Array.of(0, 51, 255);
  const pixels = dividedBy(bytes, 255);
  console.log(pixels.at(1)?.toFixed(2)); // 0.20

  // The floats would take four times the memory.
  const floats = pixels.slice();
  console.log(bytes.byteLength, floats.byteLength); // 3 12
});
