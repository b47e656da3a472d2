import type { Showing } from "./displayBundle";

/** How the kernel reaches the room that knows more of values than their text; it is loaded when a value needs it. */
export interface RichDisplay {
  valueBundle: Showing["valueBundle"];
  /** Called with what a cell has required. The values of some libraries get the method by which they show themselves. */
  onRequired(name: string, library: unknown): void;
}

interface GiveDisplay {
  giveDisplay(library: object): void;
}

const LIBRARIES = /^(arquero|@tensorflow\/tfjs(-.+)?)$/;

/** `load` takes a path from this folder. */
export function newRichDisplay(load: (name: string) => unknown): RichDisplay {
  const valueBundle: RichDisplay["valueBundle"] = (value) =>
    (load("../notebook/valueBundle") as Showing).valueBundle(value);
  const giveDisplay = (library: object) => (load("../notebook/giveDisplay") as GiveDisplay).giveDisplay(library);
  const known = new WeakSet<object>();
  Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), Symbol.for("Jupyter.display"), {
    value(this: unknown) {
      giveDisplay({}); // the real method takes the place of this one
      return valueBundle(this);
    },
    configurable: true,
    writable: true,
  });
  return {
    valueBundle,
    onRequired: (name, library) => {
      if (!LIBRARIES.test(name) || typeof library !== "object" || library === null || known.has(library)) return;
      known.add(library);
      giveDisplay(library);
    },
  };
}
