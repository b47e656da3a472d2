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
