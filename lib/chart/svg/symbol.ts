import type { MarkerSymbol } from "../figure";

/** Corners of each symbol about the origin, for a radius of 1; a circle is drawn by arcs instead. */
const CORNERS: Record<Exclude<MarkerSymbol, "circle">, number[][]> = {
  square: polygon(4, 45, 1.25),
  diamond: polygon(4, 0, 1.3),
  pentagon: polygon(5, -90, 1.1),
  hexagon: polygon(6, -90, 1.1),
  "triangle-up": polygon(3, -90, 1.25),
  "triangle-down": polygon(3, 90, 1.25),
  star: Array.from({ length: 10 }, (_, index) => polar(-90 + 36 * index, index % 2 ? 0.55 : 1.4)),
  cross: plus(0),
  x: plus(45),
};

/** The outline of a marker of `size` pixels across, as path data of few letters: a chart may hold thousands. */
export function symbolPath(symbol: MarkerSymbol, [x, y]: [number, number], size: number): string {
  const radius = size / 2;
  if (symbol === "circle")
    return `M${pair(x - radius, y)}a${radius} ${radius} 0 1 0 ${size} 0a${radius} ${radius} 0 1 0-${size} 0z`;
  const corners = CORNERS[symbol].map(([dx, dy]) => [tenth(radius * dx), tenth(radius * dy)]);
  const sides = corners.slice(1).map(([dx, dy], index) => pair(dx - corners[index][0], dy - corners[index][1]));
  return `M${pair(x + corners[0][0], y + corners[0][1])}l${sides.join(" ").replace(/ -/g, "-")}z`;
}

function pair(x: number, y: number): string {
  return `${tenth(x)} ${tenth(y)}`.replace(" -", "-");
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function polygon(corners: number, start: number, radius: number): number[][] {
  return Array.from({ length: corners }, (_, index) => polar(start + (360 / corners) * index, radius));
}

function polar(degrees: number, radius: number): number[] {
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function plus(turned: number): number[][] {
  return [0, 90, 180, 270].flatMap((side) => [
    polar(turned + side - 18, 1.25),
    polar(turned + side + 18, 1.25),
    polar(turned + side + 45, 0.55),
  ]);
}
