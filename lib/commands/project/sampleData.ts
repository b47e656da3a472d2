import { encodePNG } from "../../chart/png";
import { integer, normal, numpyRandom, type Random } from "../../random";

/** A file of a new project. */
export interface SampleFile {
  name: string;
  content: string | Uint8Array;
}

/** Made-up flowers: the mean length and width of petals, in centimetres, and what colours they have. */
const SPECIES = [
  { species: "aster", length: 2.1, width: 0.5, colours: ["violet", "white"] },
  { species: "buttercup", length: 1.3, width: 1.1, colours: ["yellow"] },
  { species: "campion", length: 1.8, width: 1.2, colours: ["pink", "white"] },
];

const FLOWERS = 240;

/** data/flowers.csv: flowers of three kinds, which their petals and colours tell apart most of the time. */
export function flowers(random: Random = numpyRandom(1)): SampleFile {
  const rows = Array.from({ length: FLOWERS }, (_, i) => {
    const { species, length, width, colours } = SPECIES[i % SPECIES.length];
    const measured = [length + 0.3 * normal(random), width + 0.25 * normal(random)].map((size) => size.toFixed(2));
    return [...measured, colours[integer(random, 0, colours.length)], species].join(",");
  });
  return { name: "data/flowers.csv", content: ["petal_length,petal_width,colour,species", ...rows, ""].join("\n") };
}

const EDGE = 32;
const PICTURES = 80; // of each shape

/** Whether a point is in a shape of radius 1 around the origin. */
const SHAPES: Record<string, (x: number, y: number) => boolean> = {
  circle: (x, y) => x * x + y * y < 1,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.3 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
};

/** data/shapes: a folder for each of three shapes, with grey pictures of them, large and small, light and dark. */
export function shapes(random: Random = numpyRandom(2)): SampleFile[] {
  return Object.entries(SHAPES).flatMap(([shape, holds]) =>
    Array.from({ length: PICTURES }, (_, i) => {
      const radius = 6 + 6 * random.uniform();
      const [left, top] = [radius, radius].map((edge) => edge + (EDGE - 2 * edge) * random.uniform());
      const [ground, ink] = [60 * random.uniform(), 130 + 100 * random.uniform()];
      const levels = Uint8Array.from({ length: EDGE * EDGE }, (_, at) => {
        const [x, y] = [((at % EDGE) + 0.5 - left) / radius, (Math.floor(at / EDGE) + 0.5 - top) / radius];
        return Math.max(0, Math.min(255, (holds(x, y) ? ink : ground) + 12 * normal(random)));
      });
      return { name: `data/shapes/${shape}/${String(i + 1).padStart(2, "0")}.png`, content: encodePNG(levels, EDGE) };
    }),
  );
}
