import sharp from "sharp";
import { encodePNG } from "../../chart/png";
import { pictureType } from "../photo/pictureType";
import type { Picture } from "./component";

/** A picture as a file: what is a file already stays as it is. Throws a TypeError for what is no picture. */
export async function encodePicture(picture: Picture): Promise<{ bytes: Uint8Array; type: string }> {
  if (picture instanceof Uint8Array) {
    const type = pictureType(picture);
    if (!type) throw new TypeError("The bytes are no PNG, JPEG, WebP or GIF file; levels need their width and height.");
    return { bytes: picture, type };
  }
  if (typeof picture !== "object" || !("levels" in picture || "rgb" in picture))
    throw new TypeError(
      "The picture has an unknown form; give { levels, width, height }, { rgb, width, height } or the bytes of an image file.",
    );
  if ("levels" in picture) return { bytes: encodePNG(picture.levels, picture.width), type: "png" };
  const { width, height, rgb } = picture;
  return {
    bytes: await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
    type: "png",
  };
}
