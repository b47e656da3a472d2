import { createInterface } from "node:readline";

/**
 * The work of a process that `startContender` has started: performs the tasks that come, a line of JSON each, and says what
 * comes of them, or `{error}`.
 */
export async function answerTasks<Task>(perform: (task: Task) => Promise<object>): Promise<void> {
  for await (const line of createInterface(process.stdin))
    say(await perform(JSON.parse(line) as Task).catch((error: Error) => ({ error: error.message })));
}

/** Says something without being asked, as a line of JSON. */
export function say(what: object): void {
  process.stdout.write(JSON.stringify(what) + "\n");
}
