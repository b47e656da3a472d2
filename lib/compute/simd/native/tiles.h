// The register tiles of the native products. A vector is what the processor has: 16 floats with AVX-512, 8 with AVX2.
// This header is compiled once for each, with WIDTH and the compiler's flags to match.
#pragma once
#include <stddef.h>
#include <stdint.h>

#if WIDTH == 16
#define NAMED(name) name##Avx512
#define MOST_VECTORS 4
#else
#define NAMED(name) name##Avx2
#define MOST_VECTORS 2
#endif

#define INLINE static inline __attribute__((always_inline))

typedef float vec __attribute__((vector_size(4 * WIDTH), aligned(4)));
typedef int32_t mask __attribute__((vector_size(4 * WIDTH), aligned(4)));

/** What becomes of a sum: nothing more, relu, relu6. Codes of assembly/tiles.ts. */
enum { LINEAR, RELU, RELU6 };

/** Rows of a tile that is so many vectors wide: all its sums stay in registers. */
INLINE int rowsOf(int vectors) {
  if (WIDTH == 8) return 6;
  return vectors == 4 ? 6 : vectors == 3 ? 8 : 12;
}

INLINE vec loadVec(const float *from) { return *(const vec *)from; }
INLINE void storeVec(float *to, vec value) { *(vec *)to = value; }
INLINE vec splat(float value) { return value - (vec){0}; }

/** `a` where the mask is set, `b` elsewhere. */
INLINE vec choose(mask where, vec a, vec b) { return (vec)((where & (mask)a) | (~where & (mask)b)); }

/** NaN stays NaN. */
INLINE vec clampVec(vec x, vec lowest, vec highest) {
  x = choose(x < lowest, lowest, x);
  return choose(x > highest, highest, x);
}

INLINE float lowestOf(int activation) { return activation == LINEAR ? -__builtin_inff() : 0; }
INLINE float highestOf(int activation) { return activation == RELU6 ? 6 : __builtin_inff(); }

/** How a tile's sums come to their place. */
typedef struct {
  float *to;
  /** Numbers from row to row. */
  size_t step;
  /** Numbers of the last vector that are written: WIDTH or fewer. */
  int last;
  /** Whether what is there is added. */
  int add;
  /** Or NULL. */
  const float *bias;
  int activation;
} Finish;

static __attribute__((noinline)) void storePart(float *to, vec value, int count) {
  float numbers[WIDTH];
  storeVec(numbers, value);
  for (int i = 0; i < count; i++) to[i] = numbers[i];
}

/** Brings the sums of a tile to their place; R and V are constants where this is inlined. */
INLINE void finish(const int R, const int V, vec sums[12][4], const Finish *f) {
  const vec lowest = splat(lowestOf(f->activation)), highest = splat(highestOf(f->activation));
#pragma GCC unroll 4
  for (int v = 0; v < V; v++) {
    const vec bias = f->bias ? loadVec(f->bias + v * WIDTH) : splat(0);
    const int isWhole = v < V - 1 || f->last == WIDTH;
#pragma GCC unroll 12
    for (int r = 0; r < R; r++) {
      float *to = f->to + r * f->step + v * WIDTH;
      vec sum = sums[r][v] + bias;
      if (f->add) sum += loadVec(to);
      if (f->activation != LINEAR) sum = clampVec(sum, lowest, highest);
      if (isWhole) storeVec(to, sum);
      else storePart(to, sum, f->last);
    }
  }
}

/** R rows of A, `stepA` numbers apart, by V vectors of columns of B. */
INLINE void tileRows(
  const int R, const int V, const float *a, size_t stepA, const float *b, size_t stepB, int depth, const Finish *f
) {
  vec sums[12][4];
#pragma GCC unroll 12
  for (int r = 0; r < R; r++)
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) sums[r][v] = splat(0);
  const float *rows[4];
#pragma GCC unroll 4
  for (int q = 0; q < (R + 2) / 3; q++) rows[q] = a + 3 * q * stepA;
  for (int k = 0; k < depth; k++, b += stepB) {
    vec columns[4];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) columns[v] = loadVec(b + v * WIDTH);
#pragma GCC unroll 12
    for (int r = 0; r < R; r++) {
      const vec x = splat(rows[r / 3][(r % 3) * stepA + k]);
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) sums[r][v] += x * columns[v];
    }
  }
  finish(R, V, sums, f);
}

/** Where the rows of a sum lie: `images` times `runs` times `steps` of them, numbers from one to the next. */
typedef struct {
  size_t step, run, image;
} Steps;

/** R neighbouring columns of A, transposed, by V vectors of columns of B. */
INLINE void tileColumns(
  const int R, const int V, const float *a, Steps ofA, const float *b, Steps ofB, int steps, int runs, int images,
  const Finish *f
) {
  vec sums[12][4];
#pragma GCC unroll 12
  for (int r = 0; r < R; r++)
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) sums[r][v] = splat(0);
  for (int image = 0; image < images; image++)
    for (int run = 0; run < runs; run++) {
      const float *x = a + image * ofA.image + run * ofA.run;
      const float *y = b + image * ofB.image + run * ofB.run;
      for (int k = 0; k < steps; k++, x += ofA.step, y += ofB.step) {
        vec columns[4];
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) columns[v] = loadVec(y + v * WIDTH);
#pragma GCC unroll 12
        for (int r = 0; r < R; r++) {
          const vec one = splat(x[r]);
#pragma GCC unroll 4
          for (int v = 0; v < V; v++) sums[r][v] += one * columns[v];
        }
      }
    }
  finish(R, V, sums, f);
}

/** Calls `tile(R, V, ...)` with constants for R rows, 1 to 12, and V vectors, 1 to 4, as many as stay in registers. */
#define CASE(tile, R, V, ...) case R: tile(R, V, __VA_ARGS__); break;
#define CASES_TO_6(tile, V, ...) \
  CASE(tile, 1, V, __VA_ARGS__) CASE(tile, 2, V, __VA_ARGS__) CASE(tile, 3, V, __VA_ARGS__) \
  CASE(tile, 4, V, __VA_ARGS__) CASE(tile, 5, V, __VA_ARGS__) CASE(tile, 6, V, __VA_ARGS__)
#define CASES_TO_8(tile, V, ...) \
  CASES_TO_6(tile, V, __VA_ARGS__) CASE(tile, 7, V, __VA_ARGS__) CASE(tile, 8, V, __VA_ARGS__)
#define CASES_TO_12(tile, V, ...) \
  CASES_TO_8(tile, V, __VA_ARGS__) CASE(tile, 9, V, __VA_ARGS__) CASE(tile, 10, V, __VA_ARGS__) \
  CASE(tile, 11, V, __VA_ARGS__) CASE(tile, 12, V, __VA_ARGS__)

#if WIDTH == 16
#define TILE(tile, rows, vectors, ...) \
  switch (vectors) { \
    case 1: switch (rows) { CASES_TO_12(tile, 1, __VA_ARGS__) } break; \
    case 2: switch (rows) { CASES_TO_12(tile, 2, __VA_ARGS__) } break; \
    case 3: switch (rows) { CASES_TO_8(tile, 3, __VA_ARGS__) } break; \
    case 4: switch (rows) { CASES_TO_6(tile, 4, __VA_ARGS__) } break; \
  }
#else
#define TILE(tile, rows, vectors, ...) \
  switch (vectors) { \
    case 1: switch (rows) { CASES_TO_6(tile, 1, __VA_ARGS__) } break; \
    case 2: switch (rows) { CASES_TO_6(tile, 2, __VA_ARGS__) } break; \
  }
#endif
