// Products of matrices in memory, and what they are made of.
#pragma once
#include "tiles.h"

/** Numbers that a thread of one task has for itself: patches, panels. */
#define ROOM (96 * 1024)

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
INLINE float *at(char *base, uint32_t address) { return (float *)(base + address); }
