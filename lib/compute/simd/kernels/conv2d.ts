import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { finishEpilogue, splitEpilogue, type Epilogue } from "./activation";
import { adjointShape, describeConvolution, plainShape, type ConvShape } from "./convShape";
import { dealOut, PARTS } from "./passes";
import { areTame, convolveByWinograd, filterGradientByWinograd, LARGEST, tiled, tiledGradient } from "./winograd";

/** Convolution of images [batch, height, width, channels] and its gradients. */
export const conv2d: Record<string, SimdKernel> = {
  Conv2D: (call) => convolve(call, "Conv2D"),
  FusedConv2D: (call) => convolve(call, "FusedConv2D"),
  Conv2DBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
};

type ConvInfo = backend_util.Conv2DInfo;

function convolve(call: KernelCall, name: string): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, filter } = inputs;
  const info = describeConvolution(call.attrs, x.shape, filter.shape);
  if (!takes(info, x, filter)) return inherited(name, call);
  const { bias, code, rest } = splitEpilogue({ ...inputs, ...attrs } as Epilogue, info.outChannels);
  const to = backend.output(info.outShape, "float32");
  runConvolution(backend, plainShape(info), {
    x: backend.address(x),
    filter: backend.address(filter),
    to: backend.address(to),
    bias: bias ? backend.address(bias) : 0,
    code,
  });
  return finishEpilogue(backend, to, rest);
}

function backpropInput(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { dy, filter } = inputs;
  const info = describeConvolution(call.attrs, attrs.inputShape as number[], filter.shape);
  if (!takes(info, dy, filter) || !util.arraysEqual(dy.shape, info.outShape))
    return inherited("Conv2DBackpropInput", call);
  const dx = backend.output(info.inShape, "float32");
  backend.borrow(4 * util.sizeFromShape(filter.shape), (turned) => {
    const taps = info.filterHeight * info.filterWidth;
    backend.run("turnFilter", taps, [backend.address(filter), turned, taps, info.inChannels, info.outChannels]);
    runConvolution(backend, adjointShape(info), {
      x: backend.address(dy),
      filter: turned,
      to: backend.address(dx),
      bias: 0,
      code: 0,
    });
  });
  return dx;
}

/** Bytes that the parts of a filter's gradient may take together. */
const PARTS_BYTES = 1 << 23;

function backpropFilter(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, dy } = inputs;
  const filterShape = attrs.filterShape as number[];
  const info = describeConvolution(call.attrs, x.shape, filterShape);
  if (!takes(info, x, dy) || !util.arraysEqual(dy.shape, info.outShape)) return inherited("Conv2DBackpropFilter", call);
  const filter = backend.output(filterShape, "float32");
  const places = { x: backend.address(x), dy: backend.address(dy), to: backend.address(filter) };
  filterGradient(backend, info, places);
  return filter;
}

/** The filter's gradient of a convolution of `x`, from that of its output. */
export function filterGradient(
  backend: SimdBackend,
  info: ConvInfo,
  { x, dy, to }: { x: number; dy: number; to: number },
): void {
  const count = util.sizeFromShape(info.filterShape);
  if (count === 0) return;
  if (info.batchSize === 0) return backend.run("fill", Math.ceil(count / 16384), [to, count, 0]);
  const shape = plainShape(info);
  const gradient = tiledGradient(shape);
  if (gradient && inputsAreTame(backend, shape, { x, dy }))
    return filterGradientByWinograd(backend, gradient, { x, dy, to });
  if (isWorthFraming(shape) && areTame(backend, dy, util.sizeFromShape(info.outShape), LARGEST))
    return framed(backend, shape, x, (shape, x) => sumFilter(backend, shape, { x, dy, to }));
  sumFilter(backend, shape, { x, dy, to });
}

function sumFilter(backend: SimdBackend, shape: ConvShape, { x, dy, to }: { x: number; dy: number; to: number }): void {
  const count = shape.tapsDown * shape.tapsAcross * shape.channels * shape.filters;
  const { share, parts } = dealOut(shape.images, Math.floor(PARTS_BYTES / (4 * count)));
  const blocks = parts >= PARTS / 2 ? 1 : shape.tapsDown * (shape.merged ? 1 : shape.tapsAcross);
  const gather = (sums: number) =>
    backend.run(
      "conv2dFilter",
      parts * blocks,
      parameters(shape, { x, filter: dy, to: sums, bias: 0, code: blocks }, share),
    );
  if (parts === 1) return gather(to);
  backend.borrow(4 * count * parts, (sums) => {
    gather(sums);
    backend.run("sumParts", Math.ceil(count / 4096), [sums, to, count, parts]);
  });
}

/** Bytes of a thread's scratch that a table of taps and a row of zeros may fill. */
const TABLE_BYTES = 200_000;

function takes(info: ConvInfo, ...tensors: TensorInfo[]): boolean {
  const bytes = 16 * info.filterHeight * info.filterWidth + 4 * Math.max(info.inChannels, info.outChannels);
  return info.dataFormat === "channelsLast" && bytes < TABLE_BYTES && tensors.every(({ dtype }) => dtype === "float32");
}

interface Places {
  x: number;
  filter: number;
  to: number;
  bias: number;
  code: number;
}

/** Pixels of a tile: ROWS of assembly/tiles.ts. */
const TOGETHER = 4;

function parameters(shape: ConvShape, { x, filter, to, bias, code }: Places, share: number, together = TOGETHER) {
  const { images, height, width, channels, outHeight, outWidth, filters, tapsDown, tapsAcross } = shape;
  const { strideDown, strideAcross, dilationDown, dilationAcross, padTop, padLeft, holeDown, holeAcross } = shape;
  return [
    ...[x, filter, to, bias, code, images, height, width, channels, outHeight, outWidth, filters, tapsDown, tapsAcross],
    ...[strideDown, strideAcross, dilationDown, dilationAcross, padTop, padLeft, holeDown, holeAcross],
    ...[share, Number(shape.merged), together],
    ...(shape.among ?? WHOLE),
  ];
}

/** An output that is the whole result. */
const WHOLE = [1, 1, 0, 0, 0, 0];

/** Multiplications of a chunk, about. */
const CHUNK_WORK = 500_000;

/** Pixels of a chunk are a multiple of a tile's. */
const PIXEL_UNIT = 20;

/** Runs a convolution: the places are addresses, of the bias 0 where there is none. */
export function runConvolution(backend: SimdBackend, shape: ConvShape, places: Places): void {
  const pixels = shape.images * shape.outHeight * shape.outWidth;
  if (pixels * shape.filters === 0) return;
  if (hasPhases(shape)) return convolveInPhases(backend, shape, places);
  const filtered = tiled(shape);
  if (filtered && inputsAreTame(backend, shape, places)) return convolveByWinograd(backend, filtered, places);
  const perPixel = shape.tapsDown * shape.tapsAcross * shape.channels * shape.filters;
  const share = Math.ceil(Math.max(CHUNK_WORK / Math.max(perPixel, 1), pixels / 256) / PIXEL_UNIT) * PIXEL_UNIT;
  // beyond the border a tile reads zeros, and zero times Infinity is NaN: a pixel alone passes such taps over
  const weights = shape.tapsDown * shape.tapsAcross * shape.channels * shape.filters;
  const together = shape.merged || areTame(backend, places.filter, weights, LARGEST) ? TOGETHER : 1;
  if (together > 1 && isWorthFraming(shape))
    return framed(backend, shape, places.x, (shape, x) => runConvolution(backend, shape, { ...places, x }));
  const chunks = Math.ceil(pixels / share);
  const runDots = (filter: number) =>
    backend.run("conv2dDots", chunks, parameters(shape, { ...places, filter }, Math.min(share, pixels), together));
  if (!isThin(shape)) backend.run("conv2d", chunks, parameters(shape, places, Math.min(share, pixels), together));
  else if (shape.filters === 1) runDots(places.filter);
  else
    backend.borrow(4 * weights, (turned) => {
      backend.run("transposeMatrix", 1, [places.filter, turned, weights / shape.filters, shape.filters]);
      runDots(turned);
    });
}

/** Filters up to which dot products are faster than tiles of eight columns. */
const MOST_DOTS = 4;

/** Whether the filters are so few that each number is a dot product of its own. */
function isThin({ filters, channels, tapsAcross, tapsDown, merged }: ConvShape): boolean {
  const run = merged ? tapsAcross * channels : channels;
  return filters <= MOST_DOTS && run % 4 === 0 && run * tapsDown > 0;
}

/** Numbers of a row of taps up to which images are worth framing. */
const SHORT_RUN = 48;

/**
 * Where a row of taps is short and images are padded: lends the images in a frame of zeros, so that a row of taps is one
 * run everywhere.
 */
function framed(backend: SimdBackend, shape: ConvShape, x: number, use: (framed: ConvShape, x: number) => void): void {
  const { images, height, width, channels, padTop, padLeft } = shape;
  const frameHeight = (shape.outHeight - 1) * shape.strideDown + (shape.tapsDown - 1) * shape.dilationDown + 1;
  const frameWidth = (shape.outWidth - 1) * shape.strideAcross + shape.tapsAcross;
  backend.borrow(4 * images * frameHeight * frameWidth * channels, (frame) => {
    backend.run("frameImages", images, [x, frame, height, width, channels, frameHeight, frameWidth, padTop, padLeft]);
    use({ ...shape, height: frameHeight, width: frameWidth, padTop: 0, padLeft: 0, merged: true }, frame);
  });
}

function isWorthFraming(shape: ConvShape): boolean {
  const { channels, tapsAcross, tapsDown, dilationAcross, holeDown, holeAcross, merged, padTop, padLeft } = shape;
  const isPlain = dilationAcross === 1 && holeDown === 1 && holeAcross === 1 && Math.min(padTop, padLeft) >= 0;
  return !merged && isPlain && tapsAcross > 1 && tapsDown > 0 && channels * tapsAcross <= SHORT_RUN;
}

/** Whether an output pixel meets only some of the taps, as far apart as the holes. */
function hasPhases({ holeDown, holeAcross, dilationDown, dilationAcross }: ConvShape): boolean {
  return (holeDown > 1 || holeAcross > 1) && dilationDown === 1 && dilationAcross === 1;
}

/**
 * A convolution over an image with holes, as one for each of the places that a pixel can have between them: with the taps
 * that meet numbers there, and without holes.
 */
function convolveInPhases(backend: SimdBackend, shape: ConvShape, places: Places): void {
  const { tapsDown, tapsAcross, channels, filters, holeDown, holeAcross, outHeight, outWidth } = shape;
  const size = 4 * channels * filters;
  backend.borrow(Math.max(4, size * tapsDown * tapsAcross), (filter) => {
    const bytes = new Uint8Array(backend.pool.memory.buffer);
    for (let down = 0; down < Math.min(holeDown, outHeight); down++) {
      const ofRows = phaseOf(down, { hole: holeDown, pad: shape.padTop, taps: tapsDown });
      for (let across = 0; across < Math.min(holeAcross, outWidth); across++) {
        const ofColumns = phaseOf(across, { hole: holeAcross, pad: shape.padLeft, taps: tapsAcross });
        let to = filter;
        for (const row of ofRows.met)
          for (const column of ofColumns.met) {
            const from = places.filter + size * (row * tapsAcross + column);
            bytes.copyWithin(to, from, from + size);
            to += size;
          }
        const phase: ConvShape = {
          ...shape,
          outHeight: Math.ceil((outHeight - down) / holeDown),
          outWidth: Math.ceil((outWidth - across) / holeAcross),
          tapsDown: ofRows.met.length,
          tapsAcross: ofColumns.met.length,
          padTop: ofRows.pad,
          padLeft: ofColumns.pad,
          holeDown: 1,
          holeAcross: 1,
          among: [holeDown, holeAcross, down, across, outHeight, outWidth],
        };
        runConvolution(backend, phase, { ...places, filter });
      }
    }
  });
}

/** The taps that pixels of a phase meet, in one direction, and the padding of the convolution with these alone. */
function phaseOf(first: number, { hole, pad, taps }: { hole: number; pad: number; taps: number }) {
  const met = Array.from({ length: taps }, (_, tap) => tap).filter((tap) => (first + tap - pad) % hole === 0);
  return { met, pad: met.length === 0 ? 0 : (pad - first - met[0]) / hole };
}

/** Whether the images, and the output's gradient and the filter where they are given, are fit for filtering. */
function inputsAreTame(
  backend: SimdBackend,
  { images, height, width, channels, outHeight, outWidth, filters, tapsDown, tapsAcross }: ConvShape,
  { x, dy, filter }: { x: number; dy?: number; filter?: number },
): boolean {
  return (
    areTame(backend, x, images * height * width * channels) &&
    (dy === undefined || areTame(backend, dy, images * outHeight * outWidth * filters)) &&
    (filter === undefined || areTame(backend, filter, tapsDown * tapsAcross * channels * filters))
  );
}
