import { parentPort } from "node:worker_threads";
import { answerCalls, type Link } from "../../lib/demo/workers/answerCalls";
import { loadAnswers } from "../../lib/demo/workers/loadAnswers";

/* The program of a worker that is a thread. */

const port = parentPort!;
const link: Link = {
  send: (message) => port.postMessage(message),
  onMessage: (hear) => void port.on("message", hear),
  end: () => process.exit(),
};
void answerCalls(link, (loading) => loadAnswers(loading));
