/// <reference lib="dom" />
import { element } from "../../page/browser/element";
import { pastedFile } from "../../page/browser/pastedFile";
import { type Field, labelled } from "./field";

const HINT = "Drop a picture here, or paste one";

/** A picture by file, drop or paste, or the address of an example. */
export function pictureField(id: string, label: string): Field {
  let value: File | string | null = null;
  const shot = element("img", { class: "picture", alt: "", hidden: true });
  const name = element("span", { class: "note" }, HINT);
  const zone = element("div", { class: "drop" }, shot, name);
  const set = (given: unknown) => {
    if (shot.src.startsWith("blob:")) URL.revokeObjectURL(shot.src);
    value = given instanceof File || typeof given === "string" ? given : null;
    shot.hidden = value === null;
    if (value !== null) shot.src = typeof value === "string" ? value : URL.createObjectURL(value);
    shot.alt = value === null ? "" : `${label}, chosen`;
    name.textContent = value instanceof File ? value.name : value === null ? HINT : "";
  };
  shot.addEventListener("error", () => (shot.hidden = true)); // what it is, the server finds out
  const file = element("input", { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", hidden: true });
  file.addEventListener("change", () => {
    if (file.files?.[0]) set(file.files[0]);
    file.value = ""; // the same file can be chosen again
  });
  const named = { "aria-labelledby": `${id}-label ${id}` };
  const onclick = () => file.click();
  const pick = element("button", { id, ...named, type: "button", class: "button", onclick }, "Choose a file");
  zone.append(pick, file);
  listenForFiles(zone, set);
  return { root: labelled(id, label, zone), read: () => value, set };
}

/** Files that are dropped, or pasted: into the zone with the focus, without one into the first of the page. */
function listenForFiles(zone: HTMLElement, take: (file: File) => void): void {
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer?.files[0]) take(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => {
    const pasted = pastedFile(event);
    const meant = document.activeElement?.closest(".drop") ?? document.querySelector(".drop");
    if (pasted && meant === zone) take(pasted);
  });
}
