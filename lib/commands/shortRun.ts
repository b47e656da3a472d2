/**
 * Options of Node for a program that ends within a minute or two, as a check or a group of tests does: a larger nursery, from
 * which less garbage is copied, and functions are optimized an eighth as soon. It saves a tenth to a fifth of their processor
 * time. V8 has the second one only in Node 20.
 */
export const shortRun: readonly string[] = [
  "--max-semi-space-size=64",
  ...(process.versions.v8.startsWith("11.") ? [`--interrupt-budget=${8 * 66 * 1024}`] : []),
];
