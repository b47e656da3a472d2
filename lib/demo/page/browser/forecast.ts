/// <reference lib="dom" />
import type { Categories, SalesOutlook } from "../../api";
import { byId, element } from "./element";
import { latest } from "./latest";
import { announce } from "./news";
import { report } from "./offline";
import { outlookFigure } from "./outlookFigure";
import { sentenceOf, showOutlook, weeks } from "./outlookText";
import { drawFigure } from "./plotly";
import { rememberChoices, type Route } from "./route";
import { ask } from "./server";

/** The third tab. */
export interface ForecastTab {
  open: (route: Route) => void;
  /** Draws again, in other colours or for another width. */
  redraw: () => void;
}

const PAST = 104;
const FIRST_HORIZON = 26;
/** Below this width in pixels the chart keeps to the lines. */
const NARROW = 560;

export function startForecast(): ForecastTab {
  const [category, horizon] = [byId<HTMLSelectElement>("category"), byId<HTMLInputElement>("horizon")];
  const known = new Map<string, SalesOutlook>();
  const draw = latest<SalesOutlook>(
    async (outlook) => {
      const chart = byId("chart");
      const figure = outlookFigure(outlook, {
        ...{ past: PAST, narrow: chart.clientWidth < NARROW },
        ink: getComputedStyle(chart).color,
      });
      await drawFigure(chart, figure);
      chart.setAttribute("aria-busy", "false");
    },
    (error, again) => report(error, showError, again),
  );
  const show = () => {
    byId("weeks").textContent = weeks(Number(horizon.value));
    horizon.setAttribute("aria-valuetext", weeks(Number(horizon.value)));
    const whole = known.get(category.value);
    if (!whole) return;
    const outlook = firstWeeks(whole, Number(horizon.value));
    showOutlook(outlook);
    if (!byId("panel-forecast").hidden) draw(outlook);
    rememberChoices("forecast", { category: category.value, horizon: horizon.value });
  };
  /** Once for each category, as far as it goes: the slider then has no need to wait. */
  const load = latest<string>(
    async (name) => {
      showError("");
      if (!known.has(name)) {
        byId("chart").setAttribute("aria-busy", "true");
        const wanted = new URLSearchParams({ category: name, horizon: horizon.max });
        known.set(name, await ask<SalesOutlook>(`/api/forecast?${wanted}`));
      }
      show();
      announce(sentenceOf(firstWeeks(known.get(name)!, Number(horizon.value))));
    },
    (error, again) => report(error, showError, again),
  );
  category.addEventListener("change", () => load(category.value));
  horizon.addEventListener("input", show);
  const follow = ({ choices }: Route) => {
    const [wanted, ahead] = [choices.get("category"), choices.get("horizon")];
    if (ahead) horizon.value = String(horizonFrom(ahead, Number(horizon.max)));
    if (wanted && [...category.options].some(({ value }) => value === wanted)) category.value = wanted;
    load(category.value);
  };
  const start = async (route: Route) => {
    const { categories, longest } = await ask<Categories>("/api/categories");
    horizon.max = String(longest);
    horizon.value = String(horizonFrom(null, longest));
    category.replaceChildren(...categories.map((name) => element("option", {}, name)));
    follow(route);
  };
  let started: Promise<void> | undefined;
  const open = (route: Route) => {
    if (started) return void started.then(() => started && follow(route));
    started = start(route).catch((error) => {
      started = undefined;
      report(error, showError, () => open(route));
    });
  };
  return { open, redraw: show };
}

/** The same as the server would give for this horizon. */
export function firstWeeks(outlook: SalesOutlook, horizon: number): SalesOutlook {
  const { forecast, baseline } = outlook;
  return { ...outlook, forecast: forecast.slice(0, horizon), baseline: baseline.slice(0, horizon) };
}

/** The horizon in an address, if it is one. */
export function horizonFrom(text: string | null, longest: number): number {
  const asked = Number(text);
  return Number.isInteger(asked) && asked >= 1 && asked <= longest ? asked : Math.min(FIRST_HORIZON, longest);
}

function showError(sentence: string): void {
  if (sentence) byId("chart").setAttribute("aria-busy", "false");
  byId("forecast-error").hidden = sentence === "";
  byId("forecast-error").textContent = sentence;
}
