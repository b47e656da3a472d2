import { answerCalls } from "./answerCalls";
import { loadAnswers } from "./loadAnswers";
import { processLink } from "./processLink";

/* The program of a worker process, which the server starts: the models of the demo. `--quick` trains for a moment only. */

void answerCalls(processLink(), (loading) => loadAnswers(loading, { quick: process.argv.includes("--quick") }));
