/// <reference lib="dom" />
import { byId } from "./element";
import { pastedFile } from "./pastedFile";

/**
 * The ways in for a picture file: dropped anywhere on the page, pasted, or chosen.
 *
 * @param take - gets the file
 * @param refuse - gets a sentence where what came is no file
 */
export function startPictureInput(take: (file: File) => void, refuse: (sentence: string) => void): void {
  const file = byId<HTMLInputElement>("file");
  byId("pick").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    if (file.files?.[0]) take(file.files[0]);
    file.value = ""; // the same file can be chosen again
  });
  listenForDrops(take, refuse);
  document.addEventListener("paste", (event) => {
    const pasted = pastedFile(event);
    if (pasted) take(pasted);
    else if (!isField(event.target)) refuse("There is no picture in the clipboard.");
  });
}

function listenForDrops(take: (file: File) => void, refuse: (sentence: string) => void): void {
  const zone = byId("drop");
  const mark = (on: boolean) => zone.classList.toggle("over", on);
  addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) mark(false);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    const dropped = event.dataTransfer?.files[0];
    if (dropped) take(dropped);
    else refuse("That is no file; drop a picture file.");
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea") !== null;
}
