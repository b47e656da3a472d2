import { util, type TensorInfo } from "@tensorflow/tfjs-core";
import { floatBits } from "../floatBits";
import type { KernelCall, SimdKernel } from "../SimdBackend";
import { runNormalization, tableLength } from "./batchNorm";
import { chunksOf } from "./passes";

/**
 * Batch normalization as it trains (Ioffe and Szegedy, 2015), over all axes but the last: `BatchNormTraining` of x [...,
 * channels], with gamma and beta [channels] or without, gives the result, and mean and variance [channels] of the batch.
 * `BatchNormTrainingGrad` gives the gradients of x, gamma and beta.
 */
export const batchNormTraining: Record<string, SimdKernel> = {
  BatchNormTraining: normalize,
  BatchNormTrainingGrad: differentiate,
};

/** Numbers of a share of the rows, about: they stay in the cache for a second pass. */
const SHARE = 8192;

/** How the rows of x [..., channels] are shared out: a matter of its shape alone. */
function sharesOf({ shape }: TensorInfo) {
  const channels = shape[shape.length - 1];
  const count = util.sizeFromShape(shape);
  const rows = channels === 0 ? 0 : count / channels;
  const share = Math.max(1, Math.floor(SHARE / Math.max(1, channels)), Math.ceil(rows / 1024));
  return { count, channels, rows, share, shares: Math.ceil(rows / share) };
}

function normalize({ inputs, attrs, backend }: KernelCall): TensorInfo[] {
  const { x, gamma, beta } = inputs;
  const { count, channels, rows, share, shares } = sharesOf(x);
  const y = backend.output(x.shape, "float32");
  const [mean, variance] = [0, 1].map(() => backend.output([channels], "float32"));
  if (count === 0) return [y, mean, variance];
  const [from, toMean, toVariance] = [x, mean, variance].map((tensor) => backend.address(tensor));
  backend.borrow(8 * channels * shares, (sums) => {
    backend.run("batchMoments", shares, [from, sums, rows, channels, share]);
    backend.run("mergeMoments", 1, [sums, toMean, toVariance, rows, channels, share, shares]);
  });
  const given = [toMean, toVariance, ...backend.addresses([gamma, beta])];
  const sizes = { count, period: channels, epsilon: attrs.epsilon as number };
  runNormalization(backend, { x: from, to: backend.address(y), given }, sizes);
  return [y, mean, variance];
}

function differentiate({ inputs, attrs, backend }: KernelCall): TensorInfo[] {
  const { dy, x, mean, variance, gamma } = inputs;
  const { count, channels, rows, share, shares } = sharesOf(x);
  const dx = backend.output(x.shape, "float32");
  const [dgamma, dbeta] = [0, 1].map(() => backend.output([channels], "float32"));
  if (count === 0) return [dx, dgamma, dbeta];
  const [fromDy, fromX, ofMean, ofVariance] = [dy, x, mean, variance].map((tensor) => backend.address(tensor));
  const length = tableLength(channels);
  backend.borrow(8 * channels * shares + 16 * length, (sums) => {
    const table = sums + 8 * channels * shares;
    backend.run("batchNormSums", shares, [fromDy, fromX, ofMean, sums, rows, channels, share]);
    backend.run("mergeBatchNormSums", 1, [
      ...[sums, ofMean, ofVariance, gamma ? backend.address(gamma) : 0],
      ...[backend.address(dgamma), backend.address(dbeta), table, rows, channels, shares, length],
      floatBits(attrs.epsilon as number),
    ]);
    backend.run("batchNormGradient", chunksOf(count), [fromDy, fromX, backend.address(dx), count, table, length]);
  });
  return [dx, dgamma, dbeta];
}
