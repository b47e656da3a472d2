import sharp from "sharp";
import { loadTestImages } from "../../lib/data/fashionMnist";

const PICTURES = 64;
/** Edge of the pictures in pixels. */
const EDGE = 280;

/** Test pictures, enlarged, as a phone would send them: black on white, JPEG. */
export async function makePictures(): Promise<Buffer[]> {
  const { images } = await loadTestImages();
  return Promise.all(
    Array.from({ length: PICTURES }, (_, place) => {
      const levels = images.slice(place * 784, (place + 1) * 784).map((level) => 255 - level);
      const grown = sharp(levels, { raw: { width: 28, height: 28, channels: 1 } }).resize(EDGE - 40, EDGE - 40);
      return grown
        .extend({ top: 20, bottom: 20, left: 30, right: 10, background: "white" })
        .jpeg({ quality: 90 })
        .toBuffer();
    }),
  );
}
