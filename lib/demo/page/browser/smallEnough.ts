/// <reference lib="dom" />

/** Bytes from which a file is made smaller before it is sent. */
const LARGE = 4_000_000;
/** Of the longer side, then: far more than the network can see. */
const PIXELS = 1600;

/**
 * A picture file as it can be sent: a large one, as telephones take them, is redrawn in a smaller size. What the browser
 * cannot show goes as it is, for the server to refuse.
 *
 * @throws Error for a folder, or a file that is gone
 */
export async function smallEnough(file: Blob): Promise<Blob> {
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch((cause) => {
      throw new Error("That cannot be read: it is a folder, or a file that is gone. Give a picture file.", { cause });
    });
  if (file.size < LARGE) return file;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return file;
  const factor = Math.min(1, PIXELS / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * factor)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob((smaller) => resolve(smaller ?? file), "image/webp", 0.9));
}
