import { SourceMap, type SourceMapPayload } from "module";

/** A way from compiled code to what a person wrote: the texts of its source maps, the last step of compiling first. */
export type Way = string[];

/** A place in a file, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Finds the source of places in one compiled code. The maps are read when they are first asked. */
export function newPlaceFinder(way: Way): (place: Place) => Place | undefined {
  let maps: SourceMap[] | undefined;
  return (place) => {
    maps ??= way.map((text) => new SourceMap(parsed(text)));
    return maps.reduce<Place | undefined>(originalPlace, place);
  };
}

function parsed(text: string): SourceMapPayload {
  return JSON.parse(text);
}

function originalPlace(place: Place | undefined, map: SourceMap): Place | undefined {
  if (!place) return undefined;
  const entry = map.findEntry(place.line - 1, place.column - 1);
  if (!("originalLine" in entry)) return undefined;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}
