import { readArguments, UsageError } from "../lib/commands/usage";

const HELP = `Usage: npm run bench -- hub [--people 1,2,4] [--lesson 01] [--memory 1536M]

Starts a real JupyterHub on loopback with the configuration of deploy/jupyterhub. People, so many at once, each start a
server, open a notebook through the hub's proxy and run the lesson's cells with quick parameters: medians of the seconds
until the server is there, until the first cell has its reply and until the last one has, and the most memory. Then one of
three people takes all memory. It needs Python 3 and the network once, and Linux for the memory.

  --people   how many at once, in turn
  --lesson   which lesson they run
  --memory   what a person's server may use, as JupyterHub writes it`;

const OPTIONS = {
  people: { type: "string", default: "1,2,4" },
  lesson: { type: "string", default: "01" },
  memory: { type: "string", default: "1536M" },
} as const;

/** `npm run bench -- hub`: a class on JupyterHub. */
export async function benchHub(args: string[]): Promise<number> {
  const { values } = readArguments(args, { options: OPTIONS }, HELP);
  if (!/^[1-9]\d?(,[1-9]\d?)*$/.test(values.people))
    throw new UsageError(`--people is "${values.people}"; give whole numbers from 1 to 99, as in 1,2,4`);
  if (!/^[1-9]\d*[MG]$/.test(values.memory))
    throw new UsageError(`--memory is "${values.memory}"; give megabytes or gigabytes, as in 1536M or 2G`);
  const people = values.people.split(",").map(Number);
  const { measureHub } = await import("./hub/measureHub");
  return (await measureHub({ people, lesson: values.lesson, memory: values.memory })) ? 0 : 1;
}
