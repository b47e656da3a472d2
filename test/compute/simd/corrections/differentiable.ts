import * as tf from "@tensorflow/tfjs";

type Compute = (...xs: tf.Tensor[]) => tf.Tensor;

/** The operations of test/fixtures/gradients.json in TensorFlow.js, by their names there. */
export const DIFFERENTIABLE: Record<string, Compute> = {};

function add(computations: Record<string, Compute>): void {
  Object.assign(DIFFERENTIABLE, computations);
}

const ELEMENTWISE =
  "exp sin cos tan sinh cosh asinh tanh sigmoid square sign floor abs expm1 softplus erf atan ceil round asin acos " +
  "atanh log sqrt rsqrt log1p reciprocal acosh elu selu relu relu6 softmax logSoftmax";
const BINARY = "add sub mul div maximum minimum squaredDifference atan2 pow mod";
type Named = Record<string, Compute>;

for (const name of ELEMENTWISE.split(" ")) add({ [name]: (x) => (tf as unknown as Named)[name](x) });
for (const name of BINARY.split(" "))
  for (const form of ["", " broadcast", " broadcast back"])
    add({ [name + form]: (a, b) => (tf as unknown as Named)[name](a, b) });

/** An activation of the layers. */
function activation(name: string): Compute {
  return (x) => tf.layers.activation({ activation: name as "relu" }).apply(x) as tf.Tensor;
}

add({
  log_sigmoid: (x) => tf.logSigmoid(tf.mul(x, 1)),
  leakyRelu: (x) => tf.leakyRelu(x, 0.3),
  clipByValue: (x) => tf.clipByValue(x, -0.5, 0.7),
  softsign: activation("softsign"),
  swish: activation("swish"),
  mish: activation("mish"),
  gelu: activation("gelu"),
  geluNew: activation("gelu_new"),
  hardSigmoid: activation("hardSigmoid"),
  "exp of elu": (x) => tf.exp(tf.elu(x)),
  prelu: (x, alpha) => tf.prelu(x, alpha),
  where: (a, b) => tf.where(tf.greater(a, b), tf.mul(a, a), tf.mul(b, tf.mul(b, b))),
  "maximum of one": (x) => tf.maximum(x, x),
});

add({
  sum: (x) => tf.sum(tf.mul(x, x), 1),
  mean: (x) => tf.mean(tf.mul(x, x), [0, 2]),
  max: (x) => tf.max(x, 1),
  min: (x) => tf.min(x, [0, 2]),
  prod: (x) => tf.prod(x, 1),
  "prod of two": (x) => tf.prod(x, [0, 2]),
  logSumExp: (x) => tf.logSumExp(x, 2),
  norm: (x) => tf.norm(x, "euclidean", 1),
  "norm of all": (x) => tf.norm(x),
  variance: (x) => tf.moments(x, [0, 1]).variance,
  cumsum: (x) => tf.cumsum(x, 0),
  "cumsum middle": (x) => tf.cumsum(x, 1, true),
  "cumsum back": (x) => tf.cumsum(x, -1, false, true),
  cumprod: (x) => tf.cumprod(x, 1),
  "cumprod exclusive": (x) => tf.cumprod(x, 2, true),
  "cumprod back": (x) => tf.cumprod(x, 1, false, true),
  "cumprod exclusive back": (x) => tf.cumprod(x, 1, true, true),
  "sum from the end": (x) => tf.sum(tf.mul(x, x), [-1, 0]),
  "mean from the end": (x) => tf.mean(tf.mul(x, x), -2, true),
  "mean of all": (x) => tf.mean(tf.mul(x, x)),
  "max from the end": (x) => tf.max(x, -1),
  "min from the end": (x) => tf.min(x, [-2, -1]),
  "prod from the end": (x) => tf.prod(x, -1),
  "logSumExp from the end": (x) => tf.logSumExp(x, -2),
  "norm from the end": (x) => tf.norm(x, "euclidean", -1),
  "variance from the end": (x) => tf.moments(x, [-1]).variance,
  "cumprod from the end": (x) => tf.cumprod(x, -1),
  "concat from the end": (x) => tf.concat([x, tf.mul(x, x)], -1),
  "split from the end": (x) => tf.split(tf.mul(x, x), 2, -1)[1],
  "stack from the end": (x) => tf.stack([x, tf.mul(x, x)], -1),
  "unstack from the end": (x) => tf.unstack(tf.mul(x, x), -1)[2],
  "reverse from the end": (x) => tf.reverse(x, [-1, -3]),
});

for (const a of "NT")
  for (const b of "NT") add({ [`matMul ${a}${b}`]: (x, y) => tf.matMul(x, y, a === "T", b === "T") });
const EQUATIONS =
  "ij,jk->ik bij,bjk->bki ij->ji ij->i ij,kj-> ijk,k->ij i,j->ij i,j-> ij,kj->ik ij,kj->k bhqd,bhkd->bhqk " +
  "bqhd,bkhd->bhqk abc,cd->abd abc,cde->abde ,ij->ji";
for (const equation of EQUATIONS.split(" ")) add({ [`einsum ${equation}`]: (...xs) => tf.einsum(equation, ...xs) });
add({
  "matMul of batches": (x, y) => tf.matMul(x, y),
  "matMul of one by a batch": (x, y) => tf.matMul(x, y),
  "fused matMul": (a, b, bias) => tf.fused.matMul({ a, b, bias } as never),
});

type Two = [number, number];
type Images = tf.Tensor4D;
type Volumes = tf.Tensor5D;

function conv2d(strides: number, pad: never | "same" | "valid", dilations: Two = [1, 1]): Compute {
  return (x, filter) => tf.conv2d(x as Images, filter as Images, strides, pad, "NHWC", dilations);
}

function depthwise(strides: number, pad: "same" | "valid", dilations: Two = [1, 1]): Compute {
  return (x, filter) => tf.depthwiseConv2d(x as Images, filter as Images, strides, pad, "NHWC", dilations);
}

function conv3d(strides: number, pad: "same" | "valid", dilations: [number, number, number] = [1, 1, 1]): Compute {
  return (x, filter) => tf.conv3d(x as Volumes, filter as Volumes, strides, pad, "NDHWC", dilations);
}

for (const pad of ["same", "valid"] as const) {
  add({
    [`conv2d ${pad}`]: conv2d(1, pad),
    [`conv2d ${pad} strides`]: conv2d(2, pad),
    [`conv2d ${pad} dilated`]: conv2d(1, pad, [2, 3]),
    [`conv1d ${pad} dilated`]: (x, filter) => tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, 1, pad, "NWC", 2),
    [`depthwise ${pad}`]: depthwise(1, pad),
    [`depthwise ${pad} strides`]: depthwise(2, pad),
    [`depthwise ${pad} dilated`]: depthwise(1, pad, [2, 3]),
    [`conv3d ${pad}`]: conv3d(1, pad),
    [`conv3d ${pad} strides`]: conv3d(2, pad),
    [`conv3d ${pad} dilated`]: conv3d(1, pad, [2, 2, 3]),
    [`maxPool3d ${pad}`]: (x) => tf.maxPool3d(x as Volumes, 2, 2, pad),
    [`avgPool3d ${pad}`]: (x) => tf.avgPool3d(x as Volumes, 3, 2, pad),
  });
  for (const [size, stride] of [
    [2, 2],
    [3, 1],
    [3, 2],
  ])
    // prettier-ignore
    add({
      [`maxPool ${pad} ${size} by ${stride}`]: (x) => tf.maxPool(x as Images, size, stride, pad),
      [`avgPool ${pad} ${size} by ${stride}`]: (x) => tf.avgPool(x as Images, size, stride, pad),
    });
}

const EXPLICIT = [[0, 0], [1, 2], [3, 0], [0, 0]] as never; // prettier-ignore
add({
  "conv2d explicit": conv2d(1, EXPLICIT),
  "conv2d explicit dilated": conv2d(1, EXPLICIT, [2, 2]),
  "fused conv2d": (x, filter, bias) => tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" } as never),
  "fused conv2d dilated": (x, filter, bias) =>
    tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same", dilations: [2, 2] } as never),
  "fused depthwise dilated": (x, filter, bias) =>
    tf.fused.depthwiseConv2d({ x, filter, bias, strides: 1, pad: "same", dilations: [2, 2] } as never),
  "separableConv2d dilated": (x, deep, point) =>
    tf.separableConv2d(x as Images, deep as Images, point as Images, 1, "same", [2, 2]),
  conv2dTranspose: (x, filter) => tf.conv2dTranspose(x as Images, filter as Images, [2, 10, 12, 3], 2, "same"),
  conv3dTranspose: (x, filter) => tf.conv3dTranspose(x as Volumes, filter as Volumes, [1, 4, 6, 4, 3], 2, "same"),
});

const RESIZE = { bilinear: tf.image.resizeBilinear, nearest: tf.image.resizeNearestNeighbor };
for (const [name, resize] of Object.entries(RESIZE))
  for (const [label, align, half] of [
    ["", false, false],
    [" aligned", true, false],
    [" half", false, true],
  ] as const)
    // prettier-ignore
    for (const size of [[4, 7], [3, 2], [6, 9], [5, 3], [1, 1]]) // prettier-ignore
      add({ [`resize ${name} ${size.join("x")}${label}`]: (x) => resize(x as Images, size as Two, align, half) });

function standardized(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(
    x,
    x.shape.slice(1).map((_, axis) => axis),
  );
  return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as never, scale as never, 1e-3);
}

function layerNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))), scale), offset);
}

add({
  "batch normalization": standardized,
  "layer normalization": layerNorm,
  FusedBatchNorm: (x, mean, variance, offset, scale) =>
    tf.batchNorm(x, mean as never, variance as never, offset as never, scale as never, 1e-3),
});

const int32 = (values: number[] | number[][]) => tf.tensor(values, undefined, "int32");
const NONE = tf.Reduction.NONE;
add({
  reshape: (x) => tf.reshape(tf.mul(x, x), [4, 6]),
  transpose: (x) => tf.transpose(tf.mul(x, x), [2, 0, 1]),
  pad: (x) => tf.pad(x, [[1, 2], [0, 3]]), // prettier-ignore
  "mirrorPad reflect": (x) => tf.mirrorPad(x, [[1, 2], [3, 0]], "reflect"), // prettier-ignore
  "mirrorPad symmetric": (x) => tf.mirrorPad(x, [[3, 2], [1, 4]], "symmetric"), // prettier-ignore
  slice: (x) => tf.slice(x, [1, 2], [2, 2]),
  stridedSlice: (x) => tf.stridedSlice(x, [0, 3], [3, 0], [2, -2]),
  "stridedSlice shrunk": (x) => tf.stridedSlice(x, [1, 0, 0, 0], [2, 0, 0, 4], [1, 1, 1, 3], 0, 0, 0b100, 0b10, 0b1),
  "stridedSlice empty": (x) => tf.concat([tf.stridedSlice(x, [2], [1], [1]), tf.mul(x, x)], 0),
  tile: (x) => tf.tile(x, [2, 1, 3]),
  "tile of five axes": (x) => tf.tile(x, [1, 2, 1, 3, 2]),
  concat: (a, b) => tf.concat([a, b, tf.mul(a, tf.slice(b, [0, 0], [3, 4]))], 1),
  split: (x) => tf.split(tf.mul(x, x), [1, 3], 1)[1],
  "split into one": (x) => tf.split(tf.mul(x, x), 1, 1)[0],
  stack: (a, b) => tf.stack([a, b, a], 1),
  unstack: (x) => tf.unstack(tf.mul(x, x), 1)[2],
  "unstack of one": (x) => tf.unstack(tf.mul(x, x), 0)[0],
  reverse: (x) => tf.reverse(x, 1),
  gather: (x) => tf.gather(x, int32([2, 0, 2, 1])),
  "gather along 1": (x) => tf.gather(x, int32([[3, 0], [3, 1]]), 1), // prettier-ignore
  "gather along -1": (x) => tf.gather(x, int32([3, 0, 3]), -1),
  "gather of batches": (x) => tf.gather(x, int32([[3, 0, 3], [1, 1, 2]]), 1, 1), // prettier-ignore
  "gather of batches along 2": (x) => tf.gather(x, int32([[2, 0], [1, 1]]), 2, 1), // prettier-ignore
  unsortedSegmentSum: (x) => tf.unsortedSegmentSum(tf.mul(x, x), int32([0, 2, 0]) as tf.Tensor1D, 3),
  gatherND: (x) => tf.gatherND(x, int32([[0, 1], [2, 3], [0, 1]])), // prettier-ignore
  "gatherND rows": (x) => tf.gatherND(x, int32([[2], [0], [2]])),
  scatterND: (x) => tf.scatterND(int32([[3], [0], [3]]), x, [5, 2]),
  tensorScatterUpdate: (x, updates) => tf.tensorScatterUpdate(x, int32([[2], [0]]), updates),
  sparseToDense: (x) => tf.sparseToDense(int32([[0, 1], [2, 3]]), x, [3, 4], tf.scalar(0.5)), // prettier-ignore
  topk: (x) => tf.topk(x, 2).values,
  broadcastTo: (x) => tf.broadcastTo(x, [2, 3, 4]),
  expandDims: (x) => tf.expandDims(x, 1),
  depthToSpace: (x) => tf.depthToSpace(x as Images, 2),
  spaceToBatchND: (x) => tf.spaceToBatchND(x, [2, 2], [[0, 0], [1, 1]]), // prettier-ignore
  batchToSpaceND: (x) => tf.batchToSpaceND(x, [2, 2], [[0, 1], [0, 0]]), // prettier-ignore
  diag: (x) => tf.diag(x),
  addN: (a, b) => tf.addN([a, b, a]),
  cast: (x) => tf.mul(x, tf.cast(tf.cast(tf.mul(x, 3), "int32"), "float32")),
  floorDiv: (a, b) => tf.add(tf.mul(a, b), tf.mul(a, tf.cast(tf.floorDiv(a, b), "float32"))),
  flipLeftRight: (x) => tf.image.flipLeftRight(x as Images),
  maxPoolWithArgmax: (x) => tf.maxPoolWithArgmax(x as Images, 2, 2, "valid").result,
  "pool dilated": (x) => tf.pool(x as Images, [2, 2], "avg", "valid", [2, 2]),
  sigmoidCrossEntropy: (labels, x) => tf.losses.sigmoidCrossEntropy(labels, x, undefined, 0, NONE),
  softmaxCrossEntropy: (labels, x) => tf.losses.softmaxCrossEntropy(tf.softmax(labels), x, undefined, 0, NONE),
  huber: (a, b) => tf.losses.huberLoss(a, b, undefined, 1, NONE),
  logLoss: (labels, x) => tf.losses.logLoss(labels, tf.sigmoid(x), undefined, 1e-7, NONE),
  meanSquaredError: (a, b) => tf.losses.meanSquaredError(a, b, undefined, NONE),
  absoluteDifference: (a, b) => tf.losses.absoluteDifference(a, b, undefined, NONE),
  hinge: (labels, x) => tf.losses.hingeLoss(labels, x, undefined, NONE),
  cosineDistance: (a, b) => tf.losses.cosineDistance(a, b, 1, undefined, NONE),
});
