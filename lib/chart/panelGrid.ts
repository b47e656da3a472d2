/** Where a panel lies, as shares of the plot area. */
export interface PanelPlace {
  across: [number, number];
  /** Undefined where it takes the whole height. */
  up?: [number, number];
}

/** How panels are set. */
export interface PanelGridOptions {
  columns: number;
  /** Between two columns, as a share of the width. */
  gap: number;
  /** Pixels from the upper edge of a panel to its lower one. */
  plotHeight: number;
  /** Pixels between two rows, for an axis and a heading; default 72. */
  rowGap?: number;
}

/** Panels in rows of `columns`: the place of each, and the pixels from the top of the first row to the foot of the last. */
export function panelGrid(
  count: number,
  { columns, gap, plotHeight, rowGap = 72 }: PanelGridOptions,
): { places: PanelPlace[]; area: number } {
  const across = Math.min(count, columns);
  const rows = Math.ceil(count / across);
  const area = rows * plotHeight + (rows - 1) * rowGap;
  const width = (1 - gap * (across - 1)) / across;
  const places = Array.from({ length: count }, (_, index): PanelPlace => {
    const left = (index % across) * (width + gap);
    const top = Math.floor(index / across) * (plotHeight + rowGap);
    const up: [number, number] = [Math.max(0, 1 - (top + plotHeight) / area), 1 - top / area];
    return { across: [left, left + width], ...(rows > 1 && { up }) };
  });
  return { places, area };
}
