/** A piece of a text, within a line, and what stands in its place. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** What is made of a text. */
export interface Edits {
  /** In any order; of those at one place the first comes first. None lies in what another one replaces. */
  edits: Edit[];
  /** Places of the text that are to be found again. */
  marks: Iterable<number>;
}

/** A text with edits, which has the same lines, and its source map (version 3), in which the marks and the edits' ends stand. */
export function withEdits(name: string, text: string, { edits, marks }: Edits): { code: string; map: string } {
  const ordered = edits.map((one, index) => ({ ...one, index })).sort((a, b) => a.start - b.start || a.index - b.index);
  const isKept = (place: number) => !ordered.some(({ start, end }) => place > start && place < end);
  const places = [...new Set([...marks, ...ordered.flatMap(({ start, end }) => [start, end])])].filter(isKept);
  const line = newLineCounter(text);
  const mappings = newMappings();
  let [code, taken, at] = ["", 0, 0];
  // A call of what is no plain name is known by its parenthesis; the person wrote a name, where the call is looked for.
  const called = new Map(ordered.filter(({ start, end }) => end > start && text[end] === "(").map((one) => [one.end, one.start])); // prettier-ignore
  const mark = (place: number) => {
    code += text.slice(taken, place);
    taken = place;
    mappings.add(code.length - code.lastIndexOf("\n") - 1, line(called.get(place) ?? place));
  };
  for (const place of places.sort((a, b) => a - b)) {
    mark(place);
    for (; ordered[at]?.start === place; at++) {
      code += ordered[at].text;
      taken = ordered[at].end;
    }
    if (taken === place) mark(place);
  }
  return { code: code + text.slice(taken), map: JSON.stringify({ version: 3, sources: [name], names: [], mappings: mappings.text() }) }; // prettier-ignore
}

interface Place {
  line: number;
  column: number;
}

/** Gives the lines and columns of places, which are asked for in their order. */
function newLineCounter(text: string): (place: number) => Place {
  let [line, start] = [0, 0];
  return (place) => {
    for (let end = text.indexOf("\n", start); end >= 0 && end < place; end = text.indexOf("\n", start)) {
      line++;
      start = end + 1;
    }
    return { line, column: place - start };
  };
}

/** The mappings of one source, whose lines stay where they are. */
function newMappings() {
  let text = "";
  let before = { line: 0, column: 0, compiled: 0 };
  let isFirst = true;
  return {
    add: (compiled: number, { line, column }: Place) => {
      const lines = line - before.line;
      if (lines > 0) [before.compiled, isFirst] = [0, true];
      const numbers = [compiled - before.compiled, 0, lines, column - before.column];
      text += `${";".repeat(lines)}${isFirst ? "" : ","}${numbers.map(digits).join("")}`;
      [before, isFirst] = [{ line, column, compiled }, false];
    },
    text: () => text,
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A number in base 64, five bits a digit, the sign in the last bit. */
function digits(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let found = "";
  do {
    found += DIGITS[(rest & 31) | (rest > 31 ? 32 : 0)];
    rest >>>= 5;
  } while (rest > 0);
  return found;
}
