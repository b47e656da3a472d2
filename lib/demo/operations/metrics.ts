import type { ServerResponse } from "node:http";
import type { Context, MiddlewareHandler } from "hono";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Queue } from "../work/queue";
import type { Team } from "../workers/team";

/** What is measured. */
export interface MetricsSources {
  /** By name. */
  queues: Record<string, Queue>;
  team: Pick<Team, "members" | "counts">;
}

/** Numbers for Prometheus. */
export interface Metrics {
  /** Counts requests and times them. */
  watch: MiddlewareHandler;
  /** Counts a request that was refused as its client asks too often. */
  countRefused(): void;
  /** Requests that are not answered to the end; streams that only say that the server lives are none. */
  readonly open: number;
  contentType: string;
  /** All of them in Prometheus' text format. */
  text(): Promise<string>;
}

/** Seconds: a request takes a few thousandths, a call may wait for its turn. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Where this answers, a client only waits for the end of the server. */
const HEARTBEAT_ROUTE = "/gradio_api/heartbeat/:session";

/** Metrics in a registry of their own, with those of Node's process. */
export function newMetrics({ queues, team }: MetricsSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    ...{ name: "demo_requests_total", help: "Requests that were answered", registers },
    labelNames: ["method", "route", "status"],
  });
  const durations = new Histogram({
    ...{ name: "demo_request_duration_seconds", help: "Time until an answer began", registers },
    ...{ labelNames: ["method", "route"], buckets: BUCKETS },
  });
  const refused = new Counter({ name: "demo_rate_limited_total", help: "Requests of clients that asked too often", registers }); // prettier-ignore
  addGauges({ queues, team }, registers);
  let open = 0;
  const requestsOpen = new Gauge({ name: "demo_requests_open", help: "Requests that are not answered to the end", registers }); // prettier-ignore

  const watch: MiddlewareHandler = async (context, next) => {
    const started = performance.now();
    const outgoing = (context.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
    let isOver = false;
    const end = () => {
      if (!isOver) requestsOpen.set(--open);
      isOver = true;
    };
    requestsOpen.set(++open);
    outgoing?.once("close", end);
    await next();
    const [method, route] = [context.req.method, routeOf(context)];
    requests.inc({ method, route, status: context.res.status });
    durations.observe({ method, route }, (performance.now() - started) / 1000);
    if (!outgoing || route === HEARTBEAT_ROUTE) end();
  };

  return {
    watch,
    countRefused: () => refused.inc(),
    get open() {
      return open;
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Those that are looked up when they are asked for. */
function addGauges({ queues, team }: MetricsSources, registers: Registry[]): void {
  const add = (name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void) =>
    new Gauge({
      ...{ name, help, labelNames, registers },
      collect() {
        this.reset();
        collect(this);
      },
    });
  add("demo_queue_waiting", "Calls that wait for their turn", ["queue"], (gauge) => {
    for (const [queue, { waiting }] of Object.entries(queues)) gauge.set({ queue }, waiting);
  });
  add("demo_workers", "Workers that serve", [], (gauge) =>
    gauge.set(team.members().filter(({ worker }) => worker).length),
  );
  add("demo_worker_memory_bytes", "Memory of a worker (resident set)", ["worker"], (gauge) =>
    team.members().forEach(({ worker }, place) => gauge.set({ worker: place }, worker?.memory ?? 0)),
  );
  add("demo_worker_calls", "Calls that a worker has not answered yet", ["worker"], (gauge) =>
    team.members().forEach(({ worker }, place) => gauge.set({ worker: place }, worker?.calls ?? 0)),
  );
  const count = (name: string, help: string, labelNames: string[], values: () => [Record<string, string>, number][]) =>
    new Counter({
      ...{ name, help, labelNames, registers },
      collect() {
        this.reset();
        for (const [labels, value] of values()) this.inc(labels, value);
      },
    });
  const { counts } = team;
  count("demo_worker_restarts_total", "Workers that were replaced", ["reason"], () => [
    [{ reason: "lost" }, counts.lost],
    [{ reason: "asked" }, counts.replaced],
  ]);
  count("demo_calls_repeated_total", "Calls that another worker was asked, as the first one had ended", [], () => [
    [{}, counts.repeated],
  ]);
  count("demo_calls_failed_total", "Calls that were given up, as two workers had ended", [], () => [
    [{}, counts.failed],
  ]);
}

/** The pattern of the address, so that there are few; "other" where nothing answers. */
function routeOf({ req, res }: Context): string {
  const own = req.matchedRoutes.filter(({ method }) => method !== "ALL");
  return own.at(-1)?.path ?? (res.status === 404 ? "other" : "none");
}
