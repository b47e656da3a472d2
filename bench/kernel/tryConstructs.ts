import { isDeepStrictEqual } from "node:util";
import { kernelSpec, type KernelSpec } from "../../lib/kernel/kernelSpec";
import { cellsFor, type Construct, constructs, type Way, WAYS } from "./constructs";
import { denoKernelSpec } from "./denoKernel";
import { startTimedKernel, type TimedKernel } from "./timedKernel";

type Spec = (connectionFile: string) => KernelSpec;

/** Tries all constructs in every way in both kernels; a table in Markdown, of those that were tried when `signal` was given. */
export async function tryConstructs(signal: AbortSignal): Promise<string> {
  const [ours, deno] = [await tried(kernelSpec, signal), await tried(denoKernelSpec(), signal)];
  const columns = WAYS.flatMap((way) => [ours.get(way)!, deno.get(way)!]);
  const rows = constructs.map((construct, at) => [construct.name, ...columns.map((column) => column[at] ?? "")]);
  const heads = ["construct", ...WAYS.flatMap((way) => [`${way}: ours`, `${way}: Deno`])];
  const sums = ["**together**", ...columns.map((column) => `${column.filter((one) => one === "yes").length} of ${column.filter((one) => one !== "-").length}`)]; // prettier-ignore
  return [heads, heads.map(() => "---"), ...rows, sums].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** One kernel a way, for a construct must not profit from the cells of another way. */
async function tried(spec: Spec, signal: AbortSignal): Promise<Map<Way, string[]>> {
  const found = new Map<Way, string[]>();
  for (const way of WAYS) {
    const kernel = await startTimedKernel(spec);
    const answers: string[] = [];
    for (const construct of constructs) if (!signal.aborted) answers.push(await answerOf(kernel, construct, way));
    found.set(way, answers);
    await kernel.end();
  }
  return found;
}

async function answerOf(kernel: TimedKernel, construct: Construct, way: Way): Promise<string> {
  if (construct.alone && way === "across cells") return "-";
  let shown: string | undefined;
  for (const code of cellsFor(construct, way)) {
    const answer = await kernel.show(code);
    if (!answer.isOk) return "no";
    shown = answer.text;
  }
  return readings(shown).some((value) => isDeepStrictEqual(value, construct.wanted)) ? "yes" : "wrong";
}

/** What a kernel that shows a text with quotes and colours, or without, may have meant. */
function readings(shown = ""): unknown[] {
  const plain = shown.replace(/\u001b\[\d+m/g, ""); // oxlint-disable-line no-control-regex
  const inner = /^(['"`])([^]*)\1$/.exec(plain)?.[2];
  return [plain, inner].flatMap((text) => {
    try {
      return text === undefined ? [] : [JSON.parse(text)];
    } catch {
      return [];
    }
  });
}
