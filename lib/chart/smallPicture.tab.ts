import { encodePNG } from "./png";

// In place of `smallPicture.ts` in a browser tab, which has no encoder for AVIF: a PNG, larger and whole.

export async function smallPicture(levels: Uint8Array, width: number, _quality: number): Promise<string> {
  return `data:image/png;base64,${encodePNG(levels, width).toString("base64")}`;
}
