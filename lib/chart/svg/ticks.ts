/** A mark on an axis, and its text. */
export interface Tick {
  at: number;
  text: string;
}

const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Round numbers (1, 2 or 5 times a power of ten) from low to high, about `count` of them. */
export function linearTicks(
  low: number,
  high: number,
  { count, start, step }: { count: number; start?: number; step?: number },
): Tick[] {
  const size = step ?? niceStep((high - low) / Math.max(1, count));
  const origin = start ?? 0;
  const first = Math.ceil((low - origin) / size - 1e-9);
  const last = Math.floor((high - origin) / size + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const at = origin + (first + index) * size;
    return { at, text: numberText(at, size) };
  });
}

/** First days of months, quarters or years (single days within two months) between two times in milliseconds. */
export function dateTicks(low: number, high: number, count: number): Tick[] {
  const months = (high - low) / DAY / 30.44 / Math.max(1, count);
  if ((high - low) / DAY < 60) return dayTicks(low, high, count);
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((size) => size >= (size < 12 ? 1 : 0.7) * months) ?? 120;
  const ticks: Tick[] = [];
  const begin = new Date(low);
  const firstMonth = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / step) * step;
  for (let month = firstMonth; Date.UTC(Math.floor(month / 12), month % 12) <= high; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    const year = Math.floor(month / 12);
    if (at >= low) ticks.push({ at, text: step < 12 ? `${MONTHS[month % 12]} ${year}` : String(year) });
  }
  return ticks;
}

function dayTicks(low: number, high: number, count: number): Tick[] {
  const step = Math.max(1, Math.ceil((high - low) / DAY / Math.max(1, count))) * DAY;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(low / DAY) * DAY; at <= high; at += step) {
    const date = new Date(at);
    ticks.push({ at, text: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` });
  }
  return ticks;
}

function niceStep(rough: number): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

function numberText(value: number, step: number): string {
  if (step >= 1e7 || (step < 1e-5 && Math.abs(value) < 1e-3)) return powerText(value, step);
  if (step >= 1000 && Math.abs(value) >= 1000) return `${Number((value / 1000).toFixed(3))}k`;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return (Math.abs(value) < step / 1e6 ? 0 : value).toFixed(decimals).replace("-", "−");
}

/** What would be a row of noughts, with its power of ten. */
function powerText(value: number, step: number): string {
  if (Math.abs(value) < step / 1e6) return "0";
  return Number(value.toPrecision(6)).toExponential().replace("e+", "e").replace(/-/g, "−");
}
