import { backend_util, util, type TensorInfo } from "@tensorflow/tfjs-core";
import { inherited } from "../inherited";
import type { KernelCall, SimdBackend, SimdKernel } from "../SimdBackend";
import { finishEpilogue, splitEpilogue, type Epilogue } from "./activation";
import { describeConvolution } from "./convShape";
import { chunksOf, dealOut } from "./passes";

/** Convolution of each channel of images [batch, height, width, channels] by filters of its own, and its gradients. */
export const depthwise: Record<string, SimdKernel> = {
  DepthwiseConv2dNative: (call) => convolve(call, "DepthwiseConv2dNative"),
  FusedDepthwiseConv2D: (call) => convolve(call, "FusedDepthwiseConv2D"),
  DepthwiseConv2dNativeBackpropInput: backpropInput,
  DepthwiseConv2dNativeBackpropFilter: backpropFilter,
};

type ConvInfo = backend_util.Conv2DInfo;

function convolve(call: KernelCall, name: string): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, filter } = inputs;
  const info = takes(call, x, filter) && describeConvolution(call.attrs, x.shape, filter.shape, { depthwise: true });
  if (!info) return inherited(name, call);
  const { bias, code, rest } = splitEpilogue({ ...inputs, ...attrs } as Epilogue, info.outChannels);
  const to = backend.output(info.outShape, "float32");
  spread(backend, info, x, (from) =>
    pass(backend, plainShape(info), {
      ...{ x: from, filter: backend.address(filter), to: backend.address(to) },
      ...{ bias: bias ? backend.address(bias) : 0, code },
    }),
  );
  return finishEpilogue(backend, to, rest);
}

function backpropInput(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { dy, filter } = inputs;
  const info =
    takes(call, dy, filter) &&
    describeConvolution(call.attrs, attrs.inputShape as number[], filter.shape, { depthwise: true });
  if (!info || !util.arraysEqual(dy.shape, info.outShape)) return inherited("DepthwiseConv2dNativeBackpropInput", call);
  const dx = backend.output(info.inShape, "float32");
  const [filters, count] = [filtersOf(info), util.sizeFromShape(info.inShape)];
  const places = { x: backend.address(dy), filter: backend.address(filter), bias: 0, code: 0 };
  if (count === 0) return dx;
  if (filters === 1) pass(backend, adjointShape(info), { ...places, to: backend.address(dx) });
  else
    backend.borrow(4 * count * filters, (to) => {
      pass(backend, adjointShape(info), { ...places, to });
      backend.run("sumNeighbours", chunksOf(count), [to, backend.address(dx), count, filters]);
    });
  return dx;
}

function backpropFilter(call: KernelCall): TensorInfo | TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const { x, dy } = inputs;
  const filterShape = attrs.filterShape as number[];
  const info = takes(call, x, dy) && describeConvolution(call.attrs, x.shape, filterShape, { depthwise: true });
  if (!info || !util.arraysEqual(dy.shape, info.outShape))
    return inherited("DepthwiseConv2dNativeBackpropFilter", call);
  const filter = backend.output(filterShape, "float32");
  const [count, to] = [util.sizeFromShape(filterShape), backend.address(filter)];
  if (count === 0) return filter;
  if (util.sizeFromShape(info.outShape) === 0) {
    backend.run("fill", chunksOf(count), [to, count, 0]);
    return filter;
  }
  const { share, parts } = dealOut(info.batchSize);
  spread(backend, info, x, (from) =>
    backend.borrow(4 * count * parts, (sums) => {
      const places = { x: from, filter: backend.address(dy), to: sums, bias: 0, code: 0 };
      const chunks = parts * Math.ceil(info.outChannels / FILTER_BLOCK);
      backend.run("depthwiseFilter", chunks, parameters(plainShape(info), places, share));
      backend.run("sumParts", Math.ceil(count / 4096), [sums, to, count, parts]);
    }),
  );
  return filter;
}

/** Channels of a chunk of the filter's gradient: BLOCK of assembly/depthwiseFilter.ts. */
const FILTER_BLOCK = 128;

/** What the `cpu` kernels refuse they are left to refuse. */
function takes({ attrs }: KernelCall, ...tensors: TensorInfo[]): boolean {
  const { strides, dilations, dataFormat } = attrs as { strides: number[]; dilations?: number[]; dataFormat?: string };
  const allowed = backend_util.eitherStridesOrDilationsAreOne(strides, dilations ?? 1);
  return allowed && dataFormat !== "NCHW" && tensors.every(({ dtype }) => dtype === "float32");
}

/** Filters that each channel has. */
function filtersOf({ inChannels, outChannels }: ConvInfo): number {
  return inChannels === 0 ? 1 : outChannels / inChannels;
}

/** Lends x with each channel as often as it has filters. */
function spread(backend: SimdBackend, info: ConvInfo, x: TensorInfo, use: (address: number) => void): void {
  const [filters, count] = [filtersOf(info), util.sizeFromShape(x.shape)];
  if (filters === 1 || count * filters === 0) return use(backend.address(x));
  backend.borrow(4 * count * filters, (to) => {
    backend.run("spreadNumbers", chunksOf(count), [backend.address(x), to, count, filters]);
    use(to);
  });
}

/** A pass's sizes, height before width: see Depthwise in assembly/depthwise.ts. */
interface PassShape {
  images: number;
  channels: number;
  from: [number, number];
  to: [number, number];
  taps: [number, number];
  strides: [number, number];
  offsets: [number, number];
  dilations: [number, number];
  holes: [number, number];
}

/** The convolution itself. */
function plainShape(info: ConvInfo): PassShape {
  const { padInfo } = info;
  return {
    images: info.batchSize,
    channels: info.outChannels,
    from: [info.inHeight, info.inWidth],
    to: [info.outHeight, info.outWidth],
    taps: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    offsets: [-padInfo.top, -padInfo.left],
    dilations: [info.dilationHeight, info.dilationWidth],
    holes: [1, 1],
  };
}

/** The pass over dy that gives dx. */
function adjointShape(info: ConvInfo): PassShape {
  const { from, to, strides, offsets, dilations, ...rest } = plainShape(info);
  const [[padDown, padAcross], [down, across]] = [offsets, dilations];
  return {
    ...rest,
    ...{ from: to, to: from, strides: [1, 1], holes: strides },
    ...{ offsets: [-padDown, -padAcross], dilations: [-down, -across] },
  };
}

/** Addresses, of the bias 0 where there is none. */
interface Places {
  x: number;
  filter: number;
  to: number;
  bias: number;
  code: number;
}

function parameters(shape: PassShape, { x, filter, to, bias, code }: Places, share: number): number[] {
  const { images, channels, from, taps, strides, offsets, dilations, holes } = shape;
  const sizes = [...from, ...shape.to, ...taps, ...strides, ...offsets, ...dilations, ...holes];
  return [x, filter, to, bias, code, images, channels, ...sizes, share];
}

/** Multiplications of a chunk, about. */
const CHUNK_WORK = 250_000;

function pass(backend: SimdBackend, shape: PassShape, places: Places): void {
  const [height, width] = shape.to;
  const rows = shape.images * height;
  const perRow = width * shape.channels * shape.taps[0] * shape.taps[1];
  if (rows * perRow === 0) return;
  const share = Math.max(1, Math.min(rows, Math.round(CHUNK_WORK / perRow)));
  backend.run("depthwise", Math.ceil(rows / share), parameters(shape, places, share));
}
