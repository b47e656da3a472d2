/** The colour at a share 0 to 1 of a colour scale of `rgba(…)` stops, between two stops by straight lines. */
export function colourAt(share: number, stops: [number, string][]): string {
  const at = Math.min(Math.max(share, 0), 1);
  const next = Math.max(
    1,
    stops.findIndex(([stop]) => stop >= at),
  );
  const [[low, from], [high, to]] = [stops[next - 1], stops[next]];
  const weight = (at - low) / (high - low || 1);
  const [start, end] = [channels(from), channels(to)];
  const mixed = start.map((channel, index) => channel + weight * (end[index] - channel));
  const [red, green, blue] = mixed.map(Math.round);
  return `rgba(${red},${green},${blue},${Number(mixed[3].toFixed(3))})`;
}

function channels(rgba: string): number[] {
  return (rgba.match(/[\d.]+/g) ?? []).map(Number);
}
