import type { Link } from "./answerCalls";
import type { ToWorker } from "./messages";

/** Asks of a terminal or of a service manager that go to all processes: the server hears them and tells its workers. */
const FOR_THE_SERVER = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The link of a worker that is a process of its own. It ends with the server, however that ends. */
export function processLink(): Link {
  for (const name of FOR_THE_SERVER) process.on(name, () => {});
  const end = () => process.exit();
  process.once("disconnect", end);
  return {
    send: (message) => void process.send?.(message, undefined, undefined, () => {}), // the end of the server is heard above
    onMessage: (hear) => void process.on("message", (message) => hear(message as ToWorker)),
    end: () => void setImmediate(end), // what was sent goes first
  };
}
