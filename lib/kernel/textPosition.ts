/** Jupyter counts a cursor's place in characters of Unicode, JavaScript in units of UTF-16. */
export function toUnits(text: string, characters: number): number {
  let units = 0;
  for (let count = 0; count < characters && units < text.length; count++)
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  return units;
}

/** The way back. */
export function toCharacters(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}
