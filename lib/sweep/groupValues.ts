/** Rows with the same, or neighbouring, values of a parameter. */
export interface ValueGroup {
  label: string;
  /** Their indices. */
  rows: number[];
}

const MOST = 8; // groups of equal numbers
const MOST_NEIGHBOURS = 6; // groups of neighbours
const FEWEST_ROWS = 3; // rows of a group of neighbours

/**
 * Groups rows by their values: numbers in order, words as they come. More than eight different numbers become up to six groups
 * of neighbours, about as many rows in each, named by the middle one; more than eight words stay as they are.
 */
export function groupValues(values: readonly unknown[]): ValueGroup[] {
  const rows = values.map((_, row) => row);
  if (!values.every((value) => typeof value === "number")) return alike(rows, values);
  rows.sort((a, b) => Number(values[a]) - Number(values[b]));
  const same = alike(rows, values);
  return same.length <= MOST ? same : neighbours(rows, values as number[]);
}

function alike(rows: number[], values: readonly unknown[]): ValueGroup[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const { [row]: value } = values;
    const label = typeof value === "string" ? value : JSON.stringify(value);
    groups.set(label, [...(groups.get(label) ?? []), row]);
  }
  return Array.from(groups, ([label, own]) => ({ label, rows: own }));
}

function neighbours(rows: number[], values: number[]): ValueGroup[] {
  const count = Math.max(1, Math.min(MOST_NEIGHBOURS, Math.floor(rows.length / FEWEST_ROWS)));
  return Array.from({ length: count }, (_, index) => {
    const own = rows.slice(Math.round((index * rows.length) / count), Math.round(((index + 1) * rows.length) / count));
    return { label: `≈${aboutNumber(values[own[own.length >> 1]])}`, rows: own };
  });
}

/** Two digits, in as few characters as they take. */
function aboutNumber(value: number): string {
  const [plain, power] = [String(Number(value.toPrecision(2))), value.toExponential(1)];
  return plain.length <= power.length ? plain : power;
}
