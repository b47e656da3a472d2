/// <reference lib="dom" />
import { byId } from "./element";

/** Shows what was wrong with the choice of a user or of things; an empty sentence takes it back. */
export function showUserError(sentence: string): void {
  const note = byId("user-error");
  note.hidden = sentence === "";
  note.textContent = sentence;
  if (sentence) byId("user").setAttribute("aria-invalid", "true");
  else byId("user").removeAttribute("aria-invalid");
}
