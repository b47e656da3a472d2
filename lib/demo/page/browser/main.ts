/// <reference lib="dom" />
import { startClassify } from "./classify";
import { byId } from "./element";
import { startForecast } from "./forecast";
import { startRetry } from "./offline";
import { startRecommend } from "./recommend";
import type { Route } from "./route";
import { startTabs } from "./tabs";
import { startThemeButton } from "./theme";

/** Brings the page to life. */
export function startPage(): void {
  const classify = startClassify(() => (location.hash = "#classify"));
  const recommend = startRecommend();
  const forecast = startForecast();
  const open = (route: Route) => ({ classify, recommend, forecast: forecast.open })[route.tab](route);
  startTabs(open);
  startRetry();
  startThemeButton(byId("theme"), forecast.redraw);
}
