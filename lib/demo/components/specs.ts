import type { Call, NamedInput } from "../gradio/endpoint";
import { type Input, type InputValues, labelOf, type Output, type OutputValues } from "./component";

/** An input, or its kind alone where it needs nothing more. */
export type InputSpec = Input | Exclude<Input["type"], "slider" | "dropdown">;

/** An output, or its kind alone. */
export type OutputSpec = Output | Output["type"];

type KindOf<Spec> = Spec extends string ? Spec : Spec extends { type: infer Kind } ? Kind : never;

/** What a function receives: a value for each input, and the call it serves. */
export type ArgumentsOf<Inputs extends readonly InputSpec[]> = [
  ...{ -readonly [Place in keyof Inputs]: InputValues[KindOf<Inputs[Place]> & keyof InputValues] },
  Call,
];

type ValueOf<Spec> = OutputValues[KindOf<Spec> & keyof OutputValues];

/** What a function returns: the value of the only output, or a list with a value for each. */
export type ResultOf<Outputs extends readonly OutputSpec[]> =
  | (Outputs extends readonly [infer Only] ? ValueOf<Only> : never)
  | { -readonly [Place in keyof Outputs]: ValueOf<Outputs[Place]> };

/** What cannot be an argument's name in Python, or is one of its client's own. */
const RESERVED = new Set(
  "and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return self try while with yield api_name fn_index headers result_callbacks".split(
    " ",
  ),
);

/**
 * The inputs in full, each with a name of its own for calls by name: its label in small letters, with a line before a digit and
 * after what Python keeps to itself.
 */
export function toInputs(specs: readonly InputSpec[]): NamedInput[] {
  const taken = new Set(RESERVED);
  return specs.map((spec) => {
    const input: Input = typeof spec === "string" ? { type: spec } : spec;
    const word = labelOf(input).toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "") || input.type; // prettier-ignore
    const plain = /^\d/.test(word) ? `_${word}` : word;
    let name = RESERVED.has(plain) ? `${plain}_` : plain;
    for (let number = 2; taken.has(name); number++) name = `${plain}_${number}`;
    taken.add(name);
    return { ...input, name };
  });
}

/** The outputs in full. */
export function toOutputs(specs: readonly OutputSpec[]): Output[] {
  return specs.map((spec) => (typeof spec === "string" ? ({ type: spec } as Output) : spec));
}
