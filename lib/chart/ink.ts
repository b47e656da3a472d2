/** Mid grey of texts and axes: contrast above 4 on white and on #111. */
export const INK = "#717b8a";
/** The colour of grid lines. */
export const GRID = "rgba(128, 137, 150, 0.22)";
/** The fonts of all charts, the first that is there. */
export const FONT_FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
