import { backend_util, type NamedAttrMap } from "@tensorflow/tfjs-core";

type ConvInfo = backend_util.Conv2DInfo;

/** The sizes of a convolution from its attributes; `depthwise` where each channel has filters of its own. */
export function describeConvolution(
  attrs: NamedAttrMap,
  inShape: number[],
  filterShape: number[],
  { depthwise = false } = {},
): ConvInfo {
  const dataFormat = attrs.dataFormat as "NHWC" | "NCHW";
  return backend_util.computeConv2DInfo(
    inShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    attrs.strides as number | [number, number],
    (attrs.dilations ?? 1) as number | [number, number],
    attrs.pad as "same" | "valid" | number,
    attrs.dimRoundingMode as "floor" | undefined,
    depthwise,
    backend_util.convertConv2DDataFormat(dataFormat ?? "NHWC"),
  );
}

/** A convolution's sizes: see Conv in assembly/conv2d.ts. */
export interface ConvShape {
  images: number;
  height: number;
  width: number;
  channels: number;
  outHeight: number;
  outWidth: number;
  filters: number;
  tapsDown: number;
  tapsAcross: number;
  strideDown: number;
  strideAcross: number;
  dilationDown: number;
  dilationAcross: number;
  padTop: number;
  padLeft: number;
  holeDown: number;
  holeAcross: number;
  /** Whether a row of taps is read as one run: no tap lies beyond the border, since there are zeros for one tap only. */
  merged: boolean;
  /**
   * Where the output pixels lie if they are only some of the result's: steps down and across, the first one's place, and
   * the whole result's height and width.
   */
  among?: number[];
}

/** The convolution itself. */
export function plainShape(info: ConvInfo): ConvShape {
  const { padInfo, dilationHeight, dilationWidth } = info;
  const reachDown = (info.outHeight - 1) * info.strideHeight + (info.filterHeight - 1) * dilationHeight + 1;
  const reachAcross = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  const isInside = padInfo.top === 0 && padInfo.left === 0 && reachDown <= info.inHeight && reachAcross <= info.inWidth;
  return {
    images: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    channels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    filters: info.outChannels,
    tapsDown: info.filterHeight,
    tapsAcross: info.filterWidth,
    strideDown: info.strideHeight,
    strideAcross: info.strideWidth,
    dilationDown: info.dilationHeight,
    dilationAcross: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
    holeDown: 1,
    holeAcross: 1,
    merged: isInside && dilationWidth === 1,
  };
}

/** The convolution over dy, with the filter turned, that gives dx. */
export function adjointShape(info: ConvInfo): ConvShape {
  return {
    images: info.batchSize,
    height: info.outHeight,
    width: info.outWidth,
    channels: info.outChannels,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    filters: info.inChannels,
    tapsDown: info.filterHeight,
    tapsAcross: info.filterWidth,
    strideDown: 1,
    strideAcross: 1,
    dilationDown: info.dilationHeight,
    dilationAcross: info.dilationWidth,
    padTop: (info.filterHeight - 1) * info.dilationHeight - info.padInfo.top,
    padLeft: (info.filterWidth - 1) * info.dilationWidth - info.padInfo.left,
    holeDown: info.strideHeight,
    holeAcross: info.strideWidth,
    merged: false,
  };
}
