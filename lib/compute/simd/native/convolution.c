// Convolution: the taps of a few output pixels are copied side by side, then it is a product. The gradient of a filter is,
// for each tap, a product of the images, transposed, by the output's gradient, both read where they lie.
#include "products.h"
#include "tasks.h"

/** Conv of assembly/conv2d.ts. */
typedef struct {
  uint32_t x, filter, to, bias;
  int32_t activation, images, height, width, channels, outHeight, outWidth, filters, tapsDown, tapsAcross;
  int32_t strideDown, strideAcross, dilationDown, dilationAcross, padTop, padLeft, holeDown, holeAcross;
  int32_t pixels, merged, together;
  int32_t spreadDown, spreadAcross, firstDown, firstAcross, wholeHeight, wholeWidth;
} Conv;

/** Numbers of the patches that a product takes at once. */
#define ROOM (96 * 1024)

/** Patches of pixels, and products that are to be spread. A run is written in whole vectors: there is room behind. */
static _Thread_local float patches[ROOM + 64] __attribute__((aligned(64)));
static _Thread_local float results[ROOM / 2] __attribute__((aligned(64)));

/** Copies numbers, up to a vector's more than `count`; zeros where there is nothing to copy. */
INLINE float *copyRun(float *to, const float *from, int count) {
  if (from) for (int i = 0; i < count; i += WIDTH) storeVec(to + i, loadVec(from + i));
  else for (int i = 0; i < count; i += WIDTH) storeVec(to + i, splat(0));
  return to + count;
}

/** The row or column of the image at a place of the padded, spread out one; -1 where there is none. */
INLINE int place(int at, int hole, int size) {
  if (hole != 1) {
    if (at < 0 || at % hole != 0) return -1;
    at /= hole;
  }
  return at >= 0 && at < size ? at : -1;
}

/** To the next output pixel. */
INLINE void step(const Conv *c, Place *p) {
  if (++p->column < c->outWidth) return;
  p->column = 0;
  if (++p->row < c->outHeight) return;
  p->row = 0;
  p->image++;
}

/** The taps of `count` output pixels, a row for each. */
static void copyPatches(const Conv *c, const float *x, int pixel, int count) {
  const int run = c->tapsAcross * c->channels;
  float *to = patches;
  Place p = placeOf(pixel, c->outHeight, c->outWidth);
  for (int i = 0; i < count; i++, step(c, &p)) {
    const int top = p.row * c->strideDown - c->padTop, left = p.column * c->strideAcross - c->padLeft;
    const float *from = x + (size_t)p.image * c->height * c->width * c->channels;
    for (int down = 0; down < c->tapsDown; down++) {
      const int y = place(top + down * c->dilationDown, c->holeDown, c->height);
      const float *line = from + (ptrdiff_t)y * c->width * c->channels;
      if (c->merged) to = copyRun(to, line + (ptrdiff_t)left * c->channels, run);
      else
        for (int tap = 0; tap < c->tapsAcross; tap++) {
          const int column = place(left + tap * c->dilationAcross, c->holeAcross, c->width);
          to = copyRun(to, y < 0 || column < 0 ? NULL : line + (size_t)column * c->channels, c->channels);
        }
    }
  }
}

/** Brings the results of pixels to their places among all those of the whole result. */
static void spread(const Conv *c, float *to, int pixel, int count) {
  Place p = placeOf(pixel, c->outHeight, c->outWidth);
  for (int i = 0; i < count; i++, step(c, &p)) {
    const int down = c->firstDown + p.row * c->spreadDown, across = c->firstAcross + p.column * c->spreadAcross;
    float *there = to + (((size_t)p.image * c->wholeHeight + down) * c->wholeWidth + across) * c->filters;
    const float *from = results + (size_t)i * c->filters;
    int n = 0;
    for (; n + WIDTH <= c->filters; n += WIDTH) storeVec(there + n, loadVec(from + n));
    for (; n < c->filters; n++) there[n] = from[n];
  }
}

/** The convolution of a chunk of output pixels. */
void NAMED(convolve)(char *base, uint32_t params, uint32_t chunk) {
  const Conv *c = (const Conv *)(base + params);
  const int total = c->images * c->outHeight * c->outWidth;
  const int first = (int)chunk * c->pixels, end = smaller(first + c->pixels, total);
  const int depth = c->tapsDown * c->tapsAcross * c->channels;
  const int isSpread = c->spreadDown != 1 || c->spreadAcross != 1;
  const int isPlain = c->tapsDown * c->tapsAcross == 1 && c->strideDown == 1 && c->strideAcross == 1 && c->padTop == 0 &&
    c->padLeft == 0 && c->holeDown == 1 && c->holeAcross == 1 && c->outHeight == c->height && c->outWidth == c->width;
  const float *x = at(base, c->x);
  float *to = at(base, c->to);
  int most = isPlain ? end - first : ROOM / larger(depth, 1);
  if (isSpread) most = smaller(most, ROOM / 2 / c->filters);
  if (most > 48 && !isPlain) most = most / 24 * 24;
  for (int pixel = first; pixel < end; pixel += most) {
    const int count = smaller(most, end - pixel);
    if (!isPlain) copyPatches(c, x, pixel, count);
    const Product p = {
      .a = isPlain ? x + (size_t)pixel * depth : patches, .b = at(base, c->filter),
      .to = isSpread ? results : to + (size_t)pixel * c->filters, .stepA = depth, .stepB = c->filters,
      .stepTo = c->filters, .rows = count, .columns = c->filters, .depth = depth,
      .bias = c->bias ? at(base, c->bias) : NULL, .activation = c->activation,
    };
    NAMED(product)(&p);
    if (isSpread) spread(c, to, pixel, count);
  }
}

/** Bytes of images, and of their gradients, that are summed over at once: small ones stay near. */
#define NEAR (1 << 17)

/** The first output whose tap, `offset` from the output's own place, lies in the image. */
INLINE int firstInside(int offset, int stride) { return offset >= 0 ? 0 : (stride - 1 - offset) / stride; }

/** The output after the last one whose tap lies in the image. */
INLINE int endInside(int offset, int stride, int size, int outputs) {
  return size - offset <= 0 ? 0 : smaller(outputs, (size - offset + stride - 1) / stride);
}

/** The filter's gradient, a block of a part of the images: see `conv2dFilter` of assembly/conv2d.ts. */
void NAMED(gatherFilter)(char *base, uint32_t params, uint32_t chunk) {
  const Conv *c = (const Conv *)(base + params);
  const int blocks = c->activation, part = (int)chunk / blocks, block = (int)chunk - part * blocks;
  const int run = c->merged ? c->tapsAcross * c->channels : c->channels;
  const int across = c->merged ? 1 : c->tapsAcross, taps = c->tapsDown * across;
  const int firstTap = blocks == 1 ? 0 : block, lastTap = blocks == 1 ? taps : block + 1;
  const int firstImage = part * c->pixels, lastImage = smaller(firstImage + c->pixels, c->images);
  const size_t imageX = (size_t)c->height * c->width * c->channels;
  const size_t imageDy = (size_t)c->outHeight * c->outWidth * c->filters;
  const int together = larger(1, (int)(NEAR / 4 / (imageX + imageDy + 1)));
  float *sums = at(base, c->to) + (size_t)part * taps * run * c->filters;
  for (int image = firstImage; image < lastImage; image += together)
    for (int tap = firstTap; tap < lastTap; tap++) {
      const int down = tap / across * c->dilationDown - c->padTop, right = tap % across * c->dilationAcross - c->padLeft;
      const int top = firstInside(down, c->strideDown), left = firstInside(right, c->strideAcross);
      const int runs = larger(0, endInside(down, c->strideDown, c->height, c->outHeight) - top);
      const int steps = larger(0, endInside(right, c->strideAcross, c->width, c->outWidth) - left);
      const ptrdiff_t corner = (ptrdiff_t)(top * c->strideDown + down) * c->width + left * c->strideAcross + right;
      const ColumnProduct p = {
        .a = at(base, c->x) + image * imageX + corner * c->channels,
        .b = at(base, c->filter) + image * imageDy + ((size_t)top * c->outWidth + left) * c->filters,
        .to = sums + (size_t)tap * run * c->filters,
        .ofA = { (size_t)c->strideAcross * c->channels, (size_t)c->strideDown * c->width * c->channels, imageX },
        .ofB = { c->filters, (size_t)c->outWidth * c->filters, imageDy },
        .steps = steps, .runs = runs, .images = smaller(together, lastImage - image), .stepTo = c->filters, .rows = run,
        .columns = c->filters, .add = image > firstImage,
      };
      NAMED(columnProduct)(&p);
    }
}
