import { abortOnInterrupt } from "../lib/commands/abortOnInterrupt";
import { readArguments, UsageError } from "../lib/commands/usage";
import { streamProgress } from "../lib/runner/progress";
import { wholeNumber } from "./options";

const HELP = `Usage: npm run bench -- demo-workers [--workers 1,2] [--rounds 5] [--seconds 4] [--clients 16]
       npm run bench -- demo-workers --soak [--minutes 30] [--workers 2] [--clients 4] [--rate 10] [--disturb]

Has the same requests answered by turns by the demo alone, by worker processes and by worker threads: how many a second,
and how much memory each takes (what processes share is counted once). Linux only.

  --workers  numbers of workers, each measured on its own
  --rounds   rounds after one as long to warm up; a ratio is the median of those of the rounds
  --seconds  of each turn
  --clients  requests under way at a time
  --soak     asks for everything and prints the memory of each process over time, and failed calls
  --minutes  of the soak
  --rate     requests a second in a soak, spread evenly
  --disturb  in a soak, has the workers replaced and kills one in turns, every ten seconds`;

const OPTIONS = {
  workers: { type: "string" },
  rounds: { type: "string", default: "5" },
  seconds: { type: "string", default: "4" },
  clients: { type: "string" },
  soak: { type: "boolean", default: false },
  minutes: { type: "string", default: "30" },
  rate: { type: "string", default: "10" },
  disturb: { type: "boolean", default: false },
} as const;

/** `npm run bench -- demo-workers`: what workers bring and cost the demo, and whether it lasts. */
export async function benchDemoWorkers(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  const numbers = (values.workers ?? (values.soak ? "2" : "1,2")).split(",");
  const workers = numbers.map((number) => wholeNumber("workers", number, 64));
  const clients = wholeNumber("clients", values.clients ?? (values.soak ? "4" : "16"), 9999);
  const [rounds, seconds] = [wholeNumber("rounds", values.rounds, 999), wholeNumber("seconds", values.seconds, 999)];
  const minutes = wholeNumber("minutes", values.minutes, 10_000);
  const rate = wholeNumber("rate", values.rate, 9999);
  if (values.disturb && !values.soak) throw new UsageError("--disturb is for a soak; give --soak too");
  if (values.soak && workers.length > 1)
    throw new UsageError(`--workers is "${values.workers}"; a soak has one number`);
  if (process.platform !== "linux")
    throw new UsageError("demo-workers reads the memory of processes as Linux tells it");
  const signal = abortOnInterrupt();
  const { log } = streamProgress(process.stderr);
  if (values.soak) {
    const { soak } = await import("./demoWorkers/soak");
    return (await soak({ workers: workers[0], clients, minutes, rate, disturb: values.disturb, signal })) ? 0 : 1;
  }
  const { measureThroughput } = await import("./demoWorkers/throughput");
  console.log(`\n${await measureThroughput({ workers, rounds, seconds, clients, log, signal })}`);
  return 0;
}
