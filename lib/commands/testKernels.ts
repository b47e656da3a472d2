import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run test:kernels [-- --filter TEXT] [--backend NAME]

Runs TensorFlow.js core's own kernel tests, some 4,200 specs, on the backends cpu and simd and compares them spec by spec.
  --filter TEXT     only the specs whose name holds TEXT
  --backend NAME    on one backend alone: cpu, simd, tensorflow or webgpu. The last two must be here, see docs/gpu.md;
                    what they are known to fail is listed, with reasons, in test/fixtures/kernels.json. A GPU in software
                    is taken with ATELIER_WEBGPU=software.`;

const OPTIONS = { filter: { type: "string" }, backend: { type: "string" } } as const;

/** `npm run test:kernels`: whether simd passes wherever cpu does, or one backend all but its listed exceptions. */
export async function testKernels(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const { filter, backend } = values;
  const suite = await import("../../test/kernels/testKernels");
  try {
    return (await suite.testKernels({ filter, backend })) ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
