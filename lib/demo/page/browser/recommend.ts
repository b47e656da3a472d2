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
import { showUserError } from "./userError";

/** Pictures of the past that room is kept for. */
const PAST = 20;

/** The second tab. Returns what to do when it is opened. */
export function startRecommend(): (route: Route) => void {
  const open = startSimilar();
  const showNewcomer = startNewcomer(open, refuse);
  const load = latest<string>(
    async (user, outdated) => {
      const answer = await askFor(user);
      if (!outdated() && chosen("whom") === "customer") showCustomer(answer, open);
    },
    (error, again) => report(error, refuse, again),
  );
  const show = (user: string) => {
    showUserError("");
    byId<HTMLInputElement>("user").value = user;
    rememberChoices("recommend", { user });
    load(user);
  };
  const whom = (value: string) => {
    choose(value);
    showUserError("");
    if (value === "customer") return show(customer());
    rememberChoices("recommend", { new: "1" });
    showNewcomer();
  };
  onChosen("whom", whom);
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    show(customer());
  });
  byId("history").replaceChildren(...emptyThings(PAST));
  showNoOffers();
  let started: Promise<void> | undefined;
  const enter = ({ choices }: Route) => {
    const first = choices.has("new") ? "newcomer" : "customer";
    choose(first); // before there is anything to see
    started ??= startCustomers(choices.get("user"), show).then(
      () => whom(first),
      (error) => {
        started = undefined;
        report(error, refuse, () => enter({ tab: "recommend", choices }));
      },
    );
  };
  const follow = ({ choices }: Route) => {
    const wanted = choices.has("new") ? "newcomer" : choices.has("user") ? "customer" : chosen("whom");
    const user = choices.get("user") ?? customer();
    const isShown = wanted === chosen("whom") && user === customer() && choices.size > 0;
    byId<HTMLInputElement>("user").value = user;
    if (!isShown) whom(wanted);
  };
  return (route) => {
    if (!started) return enter(route);
    void started.then(() => started && follow(route)); // an address of the browser's history, or one typed in
  };
}

/** The field with all customers to choose from, and the button for another one. */
async function startCustomers(asked: string | null, show: (user: string) => void): Promise<void> {
  const users = await ask<string[]>("/api/users");
  const input = byId<HTMLInputElement>("user");
  startCombobox({ input, list: byId("user-list"), options: users, choose: show });
  byId("another").addEventListener("click", () => show(users[(users.indexOf(customer()) + STRIDE) % users.length]));
  input.value = asked ?? users[Math.min(FIRST, users.length - 1)] ?? "";
}

function askFor(user: string): Promise<Recommendations> {
  byId("offer").setAttribute("aria-busy", "true");
  return ask(`/api/recommend?user=${encodeURIComponent(user)}&count=${OFFERS}`);
}

function customer(): string {
  return byId<HTMLInputElement>("user").value.trim();
}

function refuse(sentence: string): void {
  showUserError(sentence);
  byId("history").replaceChildren();
  byId("bought-count").textContent = "";
  showNoOffers("No recommendations.");
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
