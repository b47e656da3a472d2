import { checkPositiveInteger, type Settings } from "./settings";

/** How the inner loop of a training runs. */
export interface FormOptions {
  /**
   * "fast" is compiled, "teaching" the readable loop it is held to: the same interactions in the same order and the same
   * draws, in 32-bit instead of 64-bit arithmetic. On one thread it gives the same numbers in every run; a processor
   * without a fused multiply-add rounds some of them otherwise, as TypeScript does. Default "fast"; under
   * `compat: "lightfm"` there is only "teaching".
   */
  form?: "teaching" | "fast";
  /**
   * Threads of the fast form, which all write to the same numbers without locks, as LightFM's do. Default 1; with more
   * no two runs are the same. At most 64.
   */
  threads?: number;
}

/** The form of a training after it was checked. */
export type Form = Required<FormOptions>;

/**
 * Throws a RangeError for a form that cannot be.
 *
 * @internal
 */
export function checkedForm({ form, threads = 1 }: FormOptions, { compat }: Settings): Form {
  checkPositiveInteger(threads, "fit(): threads");
  if (threads > MOST_THREADS)
    throw new RangeError(`fit(): threads ${threads} are more than ${MOST_THREADS}; take one for each core`);
  if (form !== undefined && form !== "teaching" && form !== "fast")
    throw new RangeError(`fit(): form "${form}" is unknown; wanted "teaching" or "fast"`);
  if (compat && form === "fast")
    throw new RangeError(
      'fit(): the form "fast" does not repeat LightFM bit for bit, which compat: "lightfm" asks for; leave one of them out',
    );
  const chosen = form ?? (compat ? "teaching" : "fast");
  if (chosen === "teaching" && threads > 1)
    throw new RangeError(
      `fit(): threads ${threads}, but the teaching form has one${compat ? ', and compat: "lightfm" knows no other form' : ""}; leave threads out, or use the form "fast"`,
    );
  return { form: chosen, threads };
}

/** What a pool of workers takes. */
const MOST_THREADS = 64;
