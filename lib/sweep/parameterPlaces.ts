import type { Node } from "yaml";
import { loadYaml } from "../runner/parameters/loadYaml";

/** Where a sweep's file has a parameter, or the value at an index of its list, in words; undefined where it does not. */
export type PlaceOf = (name: string, index?: number) => string | undefined;

/**
 * Finds the places of parameters in the text of a sweep's file, in YAML or JSON: "line 4, column 10 of rates.yaml". Without an
 * index it is the place of the parameter's name.
 */
export function parameterPlaces(file: string, text: string): PlaceOf {
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = loadYaml();
  const lineCounter = new LineCounter();
  const parameters = parseDocument(text.replace(/^\uFEFF/, ""), { lineCounter }).get("parameters", true) as unknown;
  return (name, index) => {
    const pair =
      isMap<Node, Node>(parameters) && parameters.items.find(({ key }) => isScalar(key) && key.value === name);
    if (!pair) return undefined;
    const values = isSeq<Node>(pair.value) ? pair.value.items : [pair.value];
    const node = (index === undefined ? undefined : values[index]) ?? pair.key;
    const { line, col } = lineCounter.linePos(node.range?.[0] ?? 0);
    return `line ${line}, column ${col} of ${file}`;
  };
}
