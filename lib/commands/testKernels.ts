import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run test:kernels [-- --filter TEXT] [--backend cpu|simd]

Runs TensorFlow.js core's own kernel tests, some 4,200 specs, on the backends cpu and simd and compares them spec by spec.
  --filter TEXT     only the specs whose name holds TEXT
  --backend NAME    on one of them alone`;

const OPTIONS = { filter: { type: "string" }, backend: { type: "string" } } as const;

/** `npm run test:kernels`: whether simd passes wherever cpu does. */
export async function testKernels(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const { filter, backend } = values;
  if (backend !== undefined && backend !== "cpu" && backend !== "simd")
    throw new UsageError(`--backend is "${backend}"; give cpu or simd`);
  const suite = await import("../../test/kernels/testKernels");
  try {
    return (await suite.testKernels({ filter, backend })) ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
