const NARROW = /[ilj.,:;|!'()[\]ft ]/;
const WIDE = /[mwMW%@]/;
const CAPITAL = /[A-Z]/;

/** About how many pixels a line of text takes in a sans-serif face of `size` pixels (Helvetica's widths, three classes). */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text)
    ems += NARROW.test(letter) ? 0.3 : WIDE.test(letter) ? 0.85 : CAPITAL.test(letter) ? 0.68 : 0.56;
  return ems * size;
}

/** About how many whole pixels the widest of some lines takes; 0 without a line. */
export function widestOf(texts: readonly string[], size: number): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, size))));
}

/** A text cut between words into lines of so many pixels, as long as its words are no longer themselves. */
export function wrapped(text: string, room: number, size: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
    if (textWidth(longer, size) <= room || longer === word) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
