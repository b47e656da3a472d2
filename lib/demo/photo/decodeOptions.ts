import type { Limits } from "../web/limits";

/** How a photo is decoded. */
export interface DecodeOptions extends Partial<Pick<Limits, "pixels" | "callTime">> {
  /** The longest edge of the result in pixels, default 640; larger photos are made smaller. */
  longest?: number;
}
