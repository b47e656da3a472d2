import { Hono } from "hono";
import type { Metrics } from "./metrics";
import type { Team } from "../workers/team";

/** What is asked of a server by those who watch it. */
export interface HealthSources {
  team: Pick<Team, "members">;
  metrics: Pick<Metrics, "text" | "contentType">;
  /** Whether it is about to end. */
  isStopping: () => boolean;
}

/**
 * `/healthz`: whether the server answers at all. `/readyz`: whether it should be sent requests, as a worker is ready and it
 * is not about to end; else status 503. `/metrics`: numbers for Prometheus.
 */
export function healthRoutes({ team, metrics, isStopping }: HealthSources): Hono {
  const routes = new Hono();
  routes.get("/healthz", (context) => context.json({ status: "alive" }));
  routes.get("/readyz", (context) => {
    const places = team.members();
    const ready = places.filter(({ worker }) => worker).length;
    const status = isStopping() ? "stopping" : ready > 0 ? "ready" : "no worker is ready";
    return context.json({ status, workers: places.length, ready }, status === "ready" ? 200 : 503);
  });
  routes.get("/metrics", async (context) =>
    context.body(await metrics.text(), 200, { "content-type": metrics.contentType }),
  );
  return routes;
}
