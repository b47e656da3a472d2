/** What a thread finds in `worker_threads`: the data that it was started with. */
export = {} as { workerData?: unknown };
