import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import type { SimdKernel } from "../SimdBackend";
import { composed, type Run } from "./composed";

/**
 * Einsum as sums, one batched matrix product and a transpose. TensorFlow.js' own kernel multiplies element by element and
 * sums afterwards, and leaves out the sum over an axis that only the second of two operands has.
 *
 * @throws Error as TensorFlow.js' own for an equation that it refuses
 */
export function einsumKernel(backendName: "simd" | "cpu"): SimdKernel {
  return composed(backendName, (run, { inputs, attrs }) => {
    const { equation } = attrs as { equation: string };
    const operands = Object.values(inputs);
    const { allDims, idDims } = backend_util.decodeEinsumEquation(equation, operands.length);
    backend_util.checkEinsumDimSizes(allDims.length, idDims, operands as never);
    const [terms, output] = equation.replace(/\s/g, "").split("->");
    return sumOfProducts(run, { operands, terms: terms.split(","), output });
  });
}

interface Equation {
  operands: TensorInfo[];
  terms: string[];
  output: string;
}

/** An operand with the letters of its axes. */
interface Lettered {
  letters: string;
  x: TensorInfo;
}

function sumOfProducts(run: Run, { operands, terms, output }: Equation): TensorInfo {
  const [a, b] = operands.map((x, i) => {
    const others = [output, ...terms.filter((_, at) => at !== i)].join("");
    return withoutLone(run, { letters: terms[i], x }, others);
  });
  return b ? product(run, a, b, output) : turned(run, a, output);
}

/** Sums over the axes that neither the output nor another operand has. */
function withoutLone(run: Run, { letters, x }: Lettered, others: string): Lettered {
  const axis = [...letters].flatMap((letter, at) => (others.includes(letter) ? [] : [at]));
  const kept = [...letters].filter((letter) => others.includes(letter)).join("");
  return { letters: kept, x: axis.length === 0 ? x : run("Sum", { x }, { axis, keepDims: false }) };
}

function product(run: Run, a: Lettered, b: Lettered, output: string): TensorInfo {
  const pick = (from: Lettered, isPicked: (letter: string) => boolean) => [...from.letters].filter(isPicked).join("");
  const inBoth = (letter: string) => a.letters.includes(letter) && b.letters.includes(letter);
  const batch = pick(a, (letter) => inBoth(letter) && output.includes(letter));
  const summed = pick(a, (letter) => inBoth(letter) && !output.includes(letter));
  const left = pick(a, (letter) => !inBoth(letter));
  const right = pick(b, (letter) => !inBoth(letter));
  const sizes = new Map([a, b].flatMap(({ letters, x }) => [...letters].map((letter, at) => [letter, x.shape[at]])));
  const sizeOf = (letters: string) => util.sizeFromShape(shapeOf(letters));
  const shapeOf = (letters: string) => [...letters].map((letter) => sizes.get(letter)!);
  const rows = run("Reshape", { x: turned(run, a, batch + left + summed) }, { shape: [batch, left, summed].map(sizeOf) }); // prettier-ignore
  const columns = run("Reshape", { x: turned(run, b, batch + summed + right) }, { shape: [batch, summed, right].map(sizeOf) }); // prettier-ignore
  const products = run("BatchMatMul", { a: rows, b: columns }, { transposeA: false, transposeB: false });
  const letters = batch + left + right;
  return turned(run, { letters, x: run("Reshape", { x: products }, { shape: shapeOf(letters) }) }, output);
}

function turned(run: Run, { letters, x }: Lettered, wanted: string): TensorInfo {
  const perm = [...wanted].map((letter) => letters.indexOf(letter));
  return letters === wanted ? x : run("Transpose", { x }, { perm });
}
