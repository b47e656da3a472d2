import { type AppOptions, buildAnswersApp } from "../app";
import { QUICK_AT_A_TIME } from "../endpoints";
import { PICTURES_AT_A_TIME } from "../photo/pictureClassifier";
import type { App } from "../server";
import { LIMITS } from "../web/limits";
import { rateLimit } from "../web/rateLimit";
import { newQueue } from "../work/queue";
import type { Team } from "../workers/team";
import { teamAnswers } from "../workers/teamAnswers";
import { healthRoutes } from "./health";
import { newMetrics } from "./metrics";

/** How the demo is served by workers. */
export interface TeamAppOptions extends Omit<AppOptions, "hooks"> {
  /** Requests a second of one address; default all. */
  rate?: number;
}

/** The demo over a team of workers, as it is watched. */
export interface TeamApp {
  app: App;
  /** Requests that are not answered to the end. */
  readonly open: number;
  /** From now on the server says that it is not ready. */
  stop(): void;
}

/**
 * The demo's app over a team of workers. Connections, sessions, queues and uploads are kept in this process, and so are
 * the streams of messages: workers only answer calls, so that any of them may go.
 */
export function teamApp(team: Team, { rate, ...options }: TeamAppOptions): TeamApp {
  const { waiting, callTime: time } = { ...LIMITS, ...options.limits };
  const count = team.members().length;
  const pictures = newQueue({ running: count * PICTURES_AT_A_TIME, waiting, time });
  const quick = newQueue({ running: count * QUICK_AT_A_TIME, waiting, time });
  const metrics = newMetrics({ queues: { pictures, quick }, team });
  let isStopping = false;
  const hooks = {
    watch: metrics.watch,
    routes: healthRoutes({ team, metrics, isStopping: () => isStopping }),
    admit: rate === undefined ? undefined : rateLimit({ rate, onRefused: metrics.countRefused, ...options }),
  };
  return {
    app: buildAnswersApp(teamAnswers(team, pictures), { pictures, quick }, { ...options, hooks }),
    get open() {
      return metrics.open;
    },
    stop: () => void (isStopping = true),
  };
}
