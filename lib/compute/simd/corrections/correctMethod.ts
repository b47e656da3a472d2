import * as tf from "@tensorflow/tfjs";

/** A method as it is found on a prototype. */
// oxlint-disable-next-line typescript/no-explicit-any
type Method = (this: any, ...args: any[]) => any;

/** A class of TensorFlow.js' with the methods that are looked for by name. */
export interface LayerClass {
  className: string;
  prototype: object;
}

/**
 * A class of layers by the name it is saved under, as "BatchNormalization".
 *
 * @throws Error when this version of TensorFlow.js has none of that name
 */
export function layerClass(name: string): LayerClass {
  const found = tf.serialization.SerializationMap.getMap().classNameMap[name];
  if (!found) throw unknown(`layer ${name}`);
  return found[0] as unknown as LayerClass;
}

/**
 * Puts a method right: `make` takes what stands there, inherited or put right before, and gives what shall stand there.
 *
 * @throws Error when this version of TensorFlow.js has no such method
 */
export function correctMethod(owner: LayerClass, name: string, make: (original: Method) => Method): void {
  const prototype = owner.prototype as Record<string, Method>;
  if (typeof prototype[name] !== "function") throw unknown(`${owner.className}.${name}()`);
  prototype[name] = make(prototype[name]);
}

function unknown(what: string): Error {
  return new Error(
    `TensorFlow.js ${tf.version_core} has no ${what}, which this backend corrects: install @tensorflow/tfjs 4.22.0, which has it`,
  );
}
