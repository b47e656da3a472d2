import type { Bundle } from "./display";
import { ownBundle, textBundle } from "./ownBundle";
import { richBundle } from "./richBundle";

/**
 * A value in all its forms: those its own `Symbol.for("Jupyter.display")` method gives, else those known for its kind,
 * else the text that Node would print. Throws as `ownBundle` does.
 */
export function valueBundle(value: unknown): Bundle | Promise<Bundle> {
  return ownBundle(value) ?? richBundle(value) ?? textBundle(value);
}
