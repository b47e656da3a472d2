// Products of matrices in memory, and what they are made of.
#pragma once
#include "tiles.h"

/** A [rows, depth] by B [depth, columns]; distances in numbers. */
typedef struct {
  const float *a, *b;
  float *to;
  size_t stepA, stepB, stepTo;
  int rows, columns, depth;
  /** Whether what is at `to` is added. */
  int add;
  /** Or NULL. */
  const float *bias;
  int activation;
  /** Whether B is transposed, [columns, depth]. */
  int turned;
} Product;

/** A, transposed, by B: sums over `images` times `runs` times `steps` rows of both. */
typedef struct {
  const float *a, *b;
  float *to;
  Steps ofA, ofB;
  int steps, runs, images;
  size_t stepTo;
  int rows, columns;
  int add;
} ColumnProduct;

void NAMED(product)(const Product *p);
void NAMED(columnProduct)(const ColumnProduct *p);

INLINE int smaller(int a, int b) { return a < b ? a : b; }
INLINE int larger(int a, int b) { return a > b ? a : b; }

/** A place in a row of images: of the `index`-th one of `down` by `across` in each. */
typedef struct {
  int image, row, column;
} Place;

INLINE Place placeOf(int index, int down, int across) {
  const int line = index / across, image = line / down;
  return (Place){ image, line - image * down, index - line * across };
}

INLINE float *at(char *base, uint32_t address) { return (float *)(base + address); }
