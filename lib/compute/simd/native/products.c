// Products of matrices. B is read where it lies, or from a panel of as many columns as a tile has where its rows lie so far
// apart that they meet in the cache.
#include "products.h"
#include "tasks.h"

/** Rows of B that are worked on at once: a panel of a tile's width stays in the cache of a core. */
#define DEPTH 512
/** Numbers from row to row of B from which on a panel is copied. */
#define FAR 256
/** Rows of A from which on that pays. */
#define MANY_ROWS 24

static _Thread_local float panel[DEPTH * MOST_VECTORS * WIDTH] __attribute__((aligned(64)));

/** Four neighbouring numbers of four rows, for turning matrices over: as fast as the wider vectors, and simpler. */
typedef float four __attribute__((vector_size(16), aligned(4)));
typedef int32_t order __attribute__((vector_size(16)));

INLINE void turnFour(const float *from, size_t step, float *to, size_t stepTo) {
  const four a = *(const four *)from, b = *(const four *)(from + step);
  const four c = *(const four *)(from + 2 * step), d = *(const four *)(from + 3 * step);
  const four ab = __builtin_shuffle(a, b, (order){ 0, 4, 1, 5 }), abHigh = __builtin_shuffle(a, b, (order){ 2, 6, 3, 7 });
  const four cd = __builtin_shuffle(c, d, (order){ 0, 4, 1, 5 }), cdHigh = __builtin_shuffle(c, d, (order){ 2, 6, 3, 7 });
  *(four *)to = __builtin_shuffle(ab, cd, (order){ 0, 1, 4, 5 });
  *(four *)(to + stepTo) = __builtin_shuffle(ab, cd, (order){ 2, 3, 6, 7 });
  *(four *)(to + 2 * stepTo) = __builtin_shuffle(abHigh, cdHigh, (order){ 0, 1, 4, 5 });
  *(four *)(to + 3 * stepTo) = __builtin_shuffle(abHigh, cdHigh, (order){ 2, 3, 6, 7 });
}

/** A panel of `depth` numbers of `count` rows, turned over; what the last vector has beyond them is left as it was. */
static void turnPanel(const float *from, size_t step, int count, int depth, int vectors) {
  const size_t width = vectors * WIDTH;
  int row = 0;
  for (; row + 4 <= count; row += 4, from += 4 * step) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) turnFour(from + k, step, panel + k * width + row, width);
    for (; k < depth; k++)
      for (int i = 0; i < 4; i++) panel[k * width + row + i] = from[i * step + k];
  }
  for (; row < count; row++, from += step)
    for (int k = 0; k < depth; k++) panel[k * width + row] = from[k];
}

static void copyPanel(const float *from, size_t step, int rows, int vectors) {
  float *to = panel;
  for (int row = 0; row < rows; row++, from += step)
    for (int v = 0; v < vectors; v++, to += WIDTH) storeVec(to, loadVec(from + v * WIDTH));
}

void NAMED(product)(const Product *p) {
  const int copied = p->turned || (p->stepB >= FAR && p->rows >= MANY_ROWS);
  int start = 0;
  do { // with a depth of 0 there are sums to write, too
    const int depth = smaller(DEPTH, p->depth - start);
    const int isLast = start + depth >= p->depth;
    for (int column = 0; column < p->columns; column += MOST_VECTORS * WIDTH) {
      const int left = p->columns - column;
      const int vectors = smaller(MOST_VECTORS, (left + WIDTH - 1) / WIDTH);
      const int most = rowsOf(vectors);
      const float *a = p->a + start;
      const float *b = p->turned ? p->b + column * p->stepB + start : p->b + start * p->stepB + column;
      size_t stepB = p->stepB;
      if (copied) {
        if (p->turned) turnPanel(b, stepB, smaller(left, vectors * WIDTH), depth, vectors);
        else copyPanel(b, stepB, depth, vectors);
        b = panel;
        stepB = vectors * WIDTH;
      }
      Finish f = {
        .to = p->to + column, .step = p->stepTo, .last = smaller(WIDTH, left - (vectors - 1) * WIDTH),
        .add = p->add || start > 0, .bias = p->bias && isLast ? p->bias + column : NULL,
        .activation = isLast ? p->activation : LINEAR,
      };
      for (int row = 0; row < p->rows; row += most, a += most * p->stepA, f.to += most * p->stepTo) {
        const int rows = smaller(most, p->rows - row);
        TILE(tileRows, rows, vectors, a, p->stepA, b, stepB, depth, &f)
      }
    }
    start += DEPTH;
  } while (start < p->depth);
}

void NAMED(columnProduct)(const ColumnProduct *p) {
  for (int column = 0; column < p->columns; column += MOST_VECTORS * WIDTH) {
    const int left = p->columns - column;
    const int vectors = smaller(MOST_VECTORS, (left + WIDTH - 1) / WIDTH);
    const int most = rowsOf(vectors);
    Finish f = {
      .to = p->to + column, .step = p->stepTo, .last = smaller(WIDTH, left - (vectors - 1) * WIDTH), .add = p->add,
    };
    for (int row = 0; row < p->rows; row += most, f.to += most * p->stepTo) {
      const int rows = smaller(most, p->rows - row);
      TILE(tileColumns, rows, vectors, p->a + row, p->ofA, p->b + column, p->ofB, p->steps, p->runs, p->images, &f)
    }
  }
}

/** NativeProduct of assembly/native.ts. */
typedef struct {
  uint32_t a, b, to, bias;
  /** Numbers from row to row. */
  uint32_t stepA, stepB, stepTo;
  int32_t rows, columns, depth, add, activation, turned;
} Params;

void NAMED(multiplyMatrices)(char *base, uint32_t params, uint32_t chunk) {
  (void)chunk;
  const Params *p = (const Params *)(base + params);
  const Product product = {
    .a = at(base, p->a), .b = at(base, p->b), .to = at(base, p->to), .stepA = p->stepA, .stepB = p->stepB,
    .stepTo = p->stepTo, .rows = p->rows, .columns = p->columns, .depth = p->depth, .add = p->add,
    .bias = p->bias ? at(base, p->bias) : NULL, .activation = p->activation, .turned = p->turned,
  };
  NAMED(product)(&product);
}

/** Rows of A and B that are worked on at once: those of a tile stay in the nearest cache. */
#define STEPS 256

/** As `multiplyMatrices`, A transposed [depth, rows]; without bias and activation. */
void NAMED(multiplyColumns)(char *base, uint32_t params, uint32_t chunk) {
  (void)chunk;
  const Params *p = (const Params *)(base + params);
  for (int start = 0; start < larger(p->depth, 1); start += STEPS) {
    const ColumnProduct product = {
      .a = at(base, p->a) + start * (size_t)p->stepA, .b = at(base, p->b) + start * (size_t)p->stepB,
      .to = at(base, p->to), .ofA = { p->stepA, 0, 0 }, .ofB = { p->stepB, 0, 0 },
      .steps = smaller(STEPS, p->depth - start), .runs = 1, .images = 1, .stepTo = p->stepTo, .rows = p->rows,
      .columns = p->columns, .add = p->add || start > 0,
    };
    NAMED(columnProduct)(&product);
  }
}
