/**
 * Milliseconds of a day.
 *
 * @internal
 */
export const DAY = 86_400_000;

/**
 * The day of a date as days since 1970, whatever the time of day: 2009-12-01, 2009-12-01 07:45, 2009-12, 12/1/2009 (month
 * first, or day first where `dayFirst` says so) or 1.12.2009. Undefined for anything else, and for days that are none.
 *
 * @internal
 */
export function parseDay(text: string, dayFirst = false): number | undefined {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$/.exec(trimmed);
  if (iso) return toDays(iso[1], iso[2], iso[3] ?? "1");
  const other = /^(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?:[T ,].*)?$/.exec(trimmed);
  if (!other) return undefined;
  const [, first, sign, second, year] = other;
  return dayFirst || sign === "." ? toDays(year, second, first) : toDays(year, first, second);
}

/** Years that a date of sales may be of: others are slips. */
const [EARLIEST, LATEST] = [1900, 2100];

function toDays(year: string, month: string, day: string): number | undefined {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(time);
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists && Number(year) >= EARLIEST && Number(year) <= LATEST ? time / DAY : undefined;
}
