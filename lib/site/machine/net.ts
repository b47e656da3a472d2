/** Of Node's `net` a tab has only this: 4 or 6 for an address of that version, 0 for what is none. */
export function isIP(text: string): 0 | 4 | 6 {
  const numbers = text.split(".");
  if (numbers.length === 4 && numbers.every((one) => /^\d{1,3}$/.test(one) && Number(one) < 256)) return 4;
  return /^[0-9a-f:]+$/i.test(text) && text.includes(":") ? 6 : 0;
}
