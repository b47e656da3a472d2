import { adaptive, WIDE } from "./adaptive";
import { extent } from "./extent";
import { escapeLabel, type Figure } from "./figure";
import { axis, CLASS_COLOURS, inHouseLook } from "./theme";

/** A log of purchases, and how to sort it. */
export interface PurchaseMapData {
  /** Row of the buyer and column of what was bought, one of each for a purchase. */
  users: ArrayLike<number>;
  items: ArrayLike<number>;
  /** The kind of each item, [items], and the names of the kinds. */
  kinds: ArrayLike<number>;
  names: readonly string[];
  /** The kind by which each user is sorted, [users]; default: users stay in their order. */
  tastes?: ArrayLike<number>;
}

/**
 * A dot for each purchase, the items from left to right by kind and the customers from top to bottom
 * by the kind they like best.
 */
export function purchaseMap(data: PurchaseMapData, { title = "Purchases by customer and kind of item" } = {}): Figure {
  const { users, items, kinds, names, tastes } = data;
  const columns = placesOf(kinds);
  const count = Math.max(0, extent(Array.from(users))[1] + 1);
  const rows = placesOf(tastes ?? new Array<number>(count).fill(0));
  const traces = names.map((name, kind) => {
    const mine = Array.from(items, (_, purchase) => purchase).filter((purchase) => kinds[items[purchase]] === kind);
    return {
      type: "scatter" as const,
      mode: "markers" as const,
      name: escapeLabel(name),
      x: mine.map((purchase) => columns[items[purchase]]),
      y: mine.map((purchase) => rows[users[purchase]]),
      marker: { color: CLASS_COLOURS[kind % CLASS_COLOURS.length], size: 3, symbol: "circle" as const },
      hovertemplate: `${escapeLabel(name)}<extra></extra>`,
    };
  });
  const middles = names.map((_, kind) => middleOf(kinds, kind, columns));
  const labels = { showgrid: false, tickvals: middles, ticktext: names.map(escapeLabel) };
  return adaptive((room) =>
    inHouseLook(traces, title, {
      ...{ room, height: 460, margin: { l: 44, r: 12, t: 52, b: 74 } },
      xaxis: axis({ range: [-1, kinds.length], ...labels, tickangle: room < WIDE ? -60 : -30 }),
      yaxis: axis({ range: [rows.length, -1], showgrid: false, showticklabels: false, title: { text: "customers" } }),
      meta: { minWidth: room < WIDE ? 0 : 480 },
    }),
  );
}

/** Where each element stands when all are sorted by their group. */
function placesOf(groups: ArrayLike<number>): Int32Array {
  const order = Array.from(groups, (_, index) => index).sort((a, b) => groups[a] - groups[b] || a - b);
  const places = new Int32Array(groups.length);
  order.forEach((index, place) => (places[index] = place));
  return places;
}

function middleOf(kinds: ArrayLike<number>, kind: number, columns: Int32Array): number {
  const [first, last] = extent(columns.filter((_, item) => kinds[item] === kind));
  return first > last ? 0 : (first + last) / 2;
}
