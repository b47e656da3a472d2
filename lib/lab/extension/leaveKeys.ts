import type { NotebookPanel } from "@jupyterlab/notebook";

/**
 * Leaves the keys to a widget that has the focus. JupyterLab takes letters and arrows for commands of the notebook anywhere but
 * in a field of text: a list of choices could not be used, and two times "d" would delete the cell.
 */
export function leaveKeys({ content }: NotebookPanel): void {
  content.node.addEventListener("focusin", ({ target }) => {
    const field = target as Element;
    if (field.closest(".jupyter-widgets")) field.setAttribute("data-lm-suppress-shortcuts", "true");
  });
}
