import type { Picture } from "../components/component";
import { encodePicture } from "../components/encodePicture";

/** A picture of an example as a `data:` address. Throws a TypeError for what is none. */
export async function exampleAddress(picture: Picture): Promise<string> {
  const { bytes, type } = await encodePicture(picture);
  return `data:image/${type};base64,${Buffer.from(bytes).toString("base64")}`;
}
