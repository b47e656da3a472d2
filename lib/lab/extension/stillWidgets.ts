import type { NotebookPanel } from "@jupyterlab/notebook";

const PATIENCE = 1500; // ms for a widget's state to come
const LOST = /^(Error displaying widget|Loading widget)/;
const DEAD = "jupyter-widgets-disconnected";

/**
 * Keeps a notebook's widgets from looking broken where their kernel is gone: those that are drawn can be moved no more, and of
 * those that cannot be drawn the still picture is shown, which each has beside it.
 */
export function stillWidgets({ content, sessionContext, disposed }: NotebookPanel): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    timer = undefined;
    for (const view of content.node.querySelectorAll<HTMLElement>(".jupyter-widgets, [inert]"))
      view.inert = view.classList.contains(DEAD);
    for (const place of content.node.querySelectorAll<HTMLElement>(".jp-OutputArea-output"))
      if (LOST.test(place.textContent ?? "")) void showStill(place, content);
  };
  const observer = new MutationObserver(() => (timer ??= setTimeout(look, PATIENCE)));
  observer.observe(content.node, { subtree: true, childList: true, attributeFilter: ["class"] });
  /** Those of anywidget do not hear of it by themselves. */
  const die = () => content.node.querySelectorAll(".jupyter-widgets").forEach((view) => view.classList.add(DEAD));
  sessionContext.statusChanged.connect((_, status) => /restarting$|^dead$/.test(status) && die());
  sessionContext.kernelChanged.connect((_, { newValue }) => newValue === null && die());
  disposed.connect(() => {
    observer.disconnect();
    clearTimeout(timer);
  });
}

async function showStill(place: HTMLElement, { widgets, rendermime }: NotebookPanel["content"]): Promise<void> {
  const cell = widgets.find(({ node }) => node.contains(place));
  const output = place.closest(".jp-OutputArea-child");
  const outputs = [...(output?.parentElement?.children ?? [])].filter((one) => one.matches(".jp-OutputArea-child"));
  const model = output && cell?.model.outputs?.get(outputs.indexOf(output));
  if (typeof model?.data["text/html"] !== "string") return;
  const still = rendermime.createRenderer("text/html");
  await still.renderModel(model);
  if (LOST.test(place.textContent ?? "")) place.replaceChildren(still.node);
}
