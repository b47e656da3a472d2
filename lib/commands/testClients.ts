import { PythonError } from "../python/pythonError";
import { readArguments, UsageError } from "./usage";

const HELP = `Usage: npm run test:clients [-- protocol | notebooks | nbgrader]

Tries the kernel in Jupyter's own clients, which are installed with pip in an environment of their own (needs Python 3).
  protocol    jupyter_kernel_test, with stock tslab beside it for comparison
  notebooks   every lesson with quick values, and notebooks that fail, in nbclient, nbconvert, papermill and nbmake
  nbgrader    exercises: made-up submissions of all kinds, graded by nbgrader 0.9.6 and by npm run course
All where none is named, in some twenty minutes.`;

const PARTS = ["protocol", "notebooks", "nbgrader"] as const;

/** `npm run test:clients`: whether Jupyter's own clients get along with the kernel. */
export async function testClients(args: string[]): Promise<number> {
  const { positionals } = readArguments(args, { options: {}, allowPositionals: true }, HELP);
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new UsageError(`There is no part "${unknown}"; there are ${PARTS.join(", ")}`);
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  const suite = await import("../../test/clients/testClients");
  try {
    return (await suite.testClients(parts)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    console.error(`Skipped: ${error.message}`);
    return 0;
  }
}
