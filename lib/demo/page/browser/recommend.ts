/// <reference lib="dom" />
import type { Item, Recommendations } from "../../api";
import { startCombobox } from "./combobox";
import { byId, chosen, onChosen } from "./element";
import { latest } from "./latest";
import { announce } from "./news";
import { startNewcomer } from "./newcomer";
import { OFFERS, showNoOffers, showOffers } from "./offers";
import { report } from "./offline";
import { rememberChoices, type Route } from "./route";
import { ask } from "./server";
import { startSimilar } from "./similar";
import { emptyThings, thingButton } from "./things";

/** Pictures of the past that room is kept for. */
const PAST = 20;

/** The second tab. Returns what to do when it is opened. */
export function startRecommend(): (route: Route) => void {
  const open = startSimilar();
  const input = byId<HTMLInputElement>("user");
  const refuse = (sentence: string) => {
    showError(sentence);
    byId("history").replaceChildren();
    byId("bought-count").textContent = "";
    showNoOffers("No recommendations.");
  };
  const showNewcomer = startNewcomer(open, refuse);
  const load = latest<string>(
    async (user) => {
      byId("offer").setAttribute("aria-busy", "true");
      const path = `/api/recommend?user=${encodeURIComponent(user)}&count=${OFFERS}`;
      const answer = await ask<Recommendations>(path);
      if (chosen("whom") === "customer") showCustomer(answer, open);
    },
    (error, user) => report(error, refuse, () => load(user)),
  );
  const show = (user: string) => {
    showError("");
    input.value = user;
    rememberChoices("recommend", { user });
    load(user);
  };
  const whom = (value: string) => {
    choose(value);
    showError("");
    if (value === "newcomer") {
      rememberChoices("recommend", { new: "1" });
      showNewcomer();
    } else show(input.value.trim());
  };
  onChosen("whom", whom);
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    show(input.value.trim());
  });
  byId("history").replaceChildren(...emptyThings(PAST));
  showNoOffers();
  const start = async ({ choices }: Route) => {
    choose(choices.has("new") ? "newcomer" : "customer"); // before there is anything to see
    const users = await ask<string[]>("/api/users");
    startCombobox({ input, list: byId("user-list"), options: users, choose: show });
    byId("another").addEventListener("click", () => show(users[(users.indexOf(input.value) + STRIDE) % users.length]));
    input.value = choices.get("user") ?? users[Math.min(FIRST, users.length - 1)] ?? "";
    whom(choices.has("new") ? "newcomer" : "customer");
  };
  let started: Promise<void> | undefined;
  const enter = (route: Route) => {
    started ??= start(route).catch((error) => {
      started = undefined;
      report(error, refuse, () => enter(route));
    });
  };
  return enter;
}

/** The customer that is shown first, as in lesson 5. */
const FIRST = 7;
/** From one customer to another: far enough to meet another taste, and to all of them in the end. */
const STRIDE = 37;

function choose(whom: string): void {
  const button = document.querySelector<HTMLInputElement>(`input[name="whom"][value="${whom}"]`);
  if (button) button.checked = true;
  for (const part of ["customer", "newcomer"]) byId(part).hidden = part !== whom;
  byId("ask").hidden = whom !== "customer";
  byId("tip").hidden = whom === "customer";
  byId("offer-title").textContent = whom === "customer" ? "Recommended" : "Recommended to you";
}

function showCustomer({ user, history, items }: Recommendations, open: (item: Item) => void): void {
  byId("bought-count").textContent = String(history.length);
  byId("history").replaceChildren(...history.map((item) => thingButton(item, { onclick: () => open(item) })));
  showOffers(items, open);
  announce(`Customer ${user}: ${items.length} recommendations, first ${items[0]?.title ?? "none"}.`);
}

function showError(sentence: string): void {
  const note = byId("user-error");
  note.hidden = sentence === "";
  note.textContent = sentence;
  if (sentence) byId("user").setAttribute("aria-invalid", "true");
  else byId("user").removeAttribute("aria-invalid");
}
