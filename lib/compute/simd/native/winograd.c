// Convolution of 3 x 3, stride 1, by Winograd's minimal filtering F(4x4, 3x3): the steps, points and layouts of
// assembly/winograd4.ts, which says where they come from.
#include "products.h"
#include "tasks.h"

/** Numbers of a transformed tile. */
#define POINTS 36
/** Bytes that V and M take together, so that U has room beside them in the cache of a core. */
#define MOST_BYTES (1 << 18)
/** Channels and filters together, at most: MOST_LARGE of kernels/winograd.ts. */
#define MOST_TOGETHER 880

/** Winograd of assembly/winograd.ts. */
typedef struct {
  uint32_t x, u, turned, bias, to, codes, dy, dx, du;
  int32_t images, height, width, channels, filters, padTop, padLeft, down, across, outHeight, outWidth, activation, share;
} Winograd;

/** V and M, of four tiles at least; vectors may be written beyond their end. */
static _Thread_local float area[4 * POINTS * MOST_TOGETHER + 2 * POINTS * 16 + 4 * WIDTH] __attribute__((aligned(64)));
static const float zeros[MOST_TOGETHER + WIDTH] __attribute__((aligned(64)));

/** Tiles that are worked on at once: a multiple of a product's rows, for few channels of a whole cache. */
static int tilesAtOnce(const Winograd *w) {
  const int most = MOST_BYTES / (4 * POINTS * (w->channels + w->filters));
  return larger(4, most < 12 ? most / 4 * 4 : most / 12 * 12);
}

/** Numbers from one matrix of so many tiles to the next: not the same place of the cache for all of them. */
INLINE size_t matrixStep(int count, int width) { return (size_t)count * width + 16; }

/** B' times six numbers. */
INLINE void transformInput(const vec *d, vec *to) {
  const vec a = d[4] - d[2], b = d[3] - d[1];
  to[0] = d[0] + (1.5f * b + (d[4] - 2 * d[2]));
  to[1] = (2.5f * d[3] + (0.5f * d[2] + d[4])) - d[1];
  to[2] = ((0.5f * d[3] + d[4]) - 2.5f * d[2]) + d[1];
  to[3] = 2 * b + a;
  to[4] = a - 0.5f * b;
  to[5] = d[5] + (1.5f * a + (d[1] - 2 * d[3]));
}

/** A' times six numbers. */
INLINE void transformOutput(const vec m[6], vec to[4]) {
  const vec sum = m[1] + m[2], difference = m[1] - m[2];
  to[0] = (m[0] + sum) + (m[3] + m[4]);
  to[1] = -2 * m[4] + (0.5f * m[3] + difference);
  to[2] = 4 * m[4] + (0.25f * m[3] + sum);
  to[3] = (-8 * m[4] + (0.125f * m[3] + difference)) + m[5];
}

/** A times four numbers. */
INLINE void transformGradient(const vec *y, vec *to) {
  const vec even = y[0] + y[2], odd = y[1] + y[3];
  to[0] = y[0];
  to[1] = even + odd;
  to[2] = even - odd;
  to[3] = 0.125f * y[3] + (0.25f * y[2] + (0.5f * y[1] + y[0]));
  to[4] = -8 * y[3] + (4 * y[2] + (-2 * y[1] + y[0]));
  to[5] = y[3];
}

/** The pixels of a square, `side` to a row, zeros for those beyond the image. */
static void findPixels(
  const float *images, int height, int width, int channels, int image, int top, int left, int side, const float **pixels
) {
  for (int row = top; row < top + side; row++)
    for (int column = left; column < left + side; column++) {
      const int isInside = row >= 0 && row < height && column >= 0 && column < width;
      *pixels++ = isInside ? images + (((size_t)image * height + row) * width + column) * channels : zeros;
    }
}

typedef void Transform(const vec *from, vec *to);

/** A square of pixels, `side` to a row, transformed from both sides: 36 numbers for each channel, `step` numbers apart. */
INLINE void transformTile(const int side, Transform *transform, const float **pixels, int channels, float *to, size_t step) {
  for (int c = 0; c < channels; c += WIDTH) {
    vec half[6][6];
    for (int column = 0; column < side; column++) {
      vec given[6], done[6];
      for (int row = 0; row < side; row++) given[row] = loadVec(pixels[side * row + column] + c);
      transform(given, done);
      for (int row = 0; row < 6; row++) half[row][column] = done[row];
    }
    for (int row = 0; row < 6; row++) {
      vec done[6];
      transform(half[row], done);
      for (int column = 0; column < 6; column++) storeVec(to + (6 * row + column) * step + c, done[column]);
    }
  }
}

/** V = B'dB of `count` tiles. */
static void readTiles(const Winograd *w, const float *x, int first, int count, float *v) {
  const size_t step = matrixStep(count, w->channels);
  const float *pixels[36];
  for (int i = 0; i < count; i++) {
    const Place t = placeOf(first + i, w->down, w->across);
    findPixels(
      x, w->height, w->width, w->channels, t.image, 4 * t.row - w->padTop, 4 * t.column - w->padLeft, 6, pixels
    );
    transformTile(6, transformInput, pixels, w->channels, v + (size_t)i * w->channels, step);
  }
}

/** y = A'MA, the bias, the activation; pixels beyond the output's last row or column are left aside. */
static void writeTiles(const Winograd *w, char *base, int first, int count, const float *m) {
  const size_t step = matrixStep(count, w->filters);
  const vec lowest = splat(lowestOf(w->activation)), highest = splat(highestOf(w->activation));
  for (int i = 0; i < count; i++) {
    const Place t = placeOf(first + i, w->down, w->across);
    const int rows = smaller(4, w->outHeight - 4 * t.row), columns = smaller(4, w->outWidth - 4 * t.column);
    float *place = at(base, w->to) +
      (((size_t)t.image * w->outHeight + 4 * t.row) * w->outWidth + 4 * t.column) * w->filters;
    for (int f = 0; f < w->filters; f += WIDTH) {
      vec half[4][6];
      for (int column = 0; column < 6; column++) {
        vec given[6], done[4];
        for (int row = 0; row < 6; row++) given[row] = loadVec(m + (6 * row + column) * step + (size_t)i * w->filters + f);
        transformOutput(given, done);
        for (int row = 0; row < 4; row++) half[row][column] = done[row];
      }
      const vec bias = w->bias ? loadVec(at(base, w->bias) + f) : splat(0);
      for (int row = 0; row < rows; row++) {
        vec done[4];
        transformOutput(half[row], done);
        for (int column = 0; column < columns; column++) {
          float *to = place + ((size_t)row * w->outWidth + column) * w->filters + f;
          vec y = done[column] + bias;
          if (w->activation != LINEAR) y = clampVec(y, lowest, highest);
          if (f + WIDTH <= w->filters) storeVec(to, y);
          else storePart(to, y, w->filters - f);
        }
      }
    }
  }
}

/** dM = A dy A' of the output's gradient, 0 beyond its last row or column. */
static void readGradient(const Winograd *w, const float *dy, int first, int count, float *m) {
  const size_t step = matrixStep(count, w->filters);
  const float *pixels[16];
  for (int i = 0; i < count; i++) {
    const Place t = placeOf(first + i, w->down, w->across);
    findPixels(dy, w->outHeight, w->outWidth, w->filters, t.image, 4 * t.row, 4 * t.column, 4, pixels);
    transformTile(4, transformGradient, pixels, w->filters, m + (size_t)i * w->filters, step);
  }
}

/** The output of a chunk of tiles. */
void NAMED(filterForward)(char *base, uint32_t params, uint32_t chunk) {
  const Winograd *w = (const Winograd *)(base + params);
  const int most = tilesAtOnce(w), last = smaller(((int)chunk + 1) * w->share, w->images * w->down * w->across);
  for (int first = (int)chunk * w->share; first < last; first += most) {
    const int count = smaller(most, last - first);
    float *m = area + POINTS * matrixStep(count, w->channels) + WIDTH;
    readTiles(w, at(base, w->x), first, count, area);
    for (int f = 0; f < POINTS; f++) {
      const Product p = {
        .a = area + f * matrixStep(count, w->channels), .b = at(base, w->u) + (size_t)f * w->channels * w->filters,
        .to = m + f * matrixStep(count, w->filters), .stepA = w->channels, .stepB = w->filters, .stepTo = w->filters,
        .rows = count, .columns = w->filters, .depth = w->channels,
      };
      NAMED(product)(&p);
    }
    writeTiles(w, base, first, count, m);
  }
}

/** The sum of dU over a chunk of tiles. */
void NAMED(filterBackward)(char *base, uint32_t params, uint32_t chunk) {
  const Winograd *w = (const Winograd *)(base + params);
  const int start = (int)chunk * w->share;
  const int most = tilesAtOnce(w), last = smaller(start + w->share, w->images * w->down * w->across);
  const size_t size = (size_t)w->channels * w->filters;
  for (int first = start; first < last; first += most) {
    const int count = smaller(most, last - first);
    float *m = area + POINTS * matrixStep(count, w->channels) + WIDTH;
    readTiles(w, at(base, w->x), first, count, area);
    readGradient(w, at(base, w->dy), first, count, m);
    for (int f = 0; f < POINTS; f++) {
      const ColumnProduct p = {
        .a = area + f * matrixStep(count, w->channels), .b = m + f * matrixStep(count, w->filters),
        .to = at(base, w->du) + (chunk * (size_t)POINTS + f) * size, .ofA = { w->channels, 0, 0 },
        .ofB = { w->filters, 0, 0 }, .steps = count, .runs = 1, .images = 1, .stepTo = w->filters, .rows = w->channels,
        .columns = w->filters, .add = first > start,
      };
      NAMED(columnProduct)(&p);
    }
  }
}
