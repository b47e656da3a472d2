/// <reference lib="dom" />
import { ILabShell } from "@jupyterlab/application";

/** As in narrow.css, and where the site's first page leads to a page with the notebook alone. */
const NARROW = "(max-width: 700px)";

/**
 * Leaves a narrow screen to the notebook: the areas at its sides are closed, also the list of files that JupyterLab opens by itself, and
 * they close again when a notebook is opened from them.
 */
export const narrowPlugin = {
  id: "atelier-kernel:narrow",
  autoStart: true,
  optional: [ILabShell],
  activate: (_app: unknown, shell: ILabShell | null): void => {
    if (!shell) return; // the page of one notebook
    const narrow = matchMedia(NARROW);
    let isTouched = false;
    const fit = () => {
      if (shell.isSideTabBarVisible("right") === narrow.matches) shell.toggleSideTabBarVisibility("right");
      if (!narrow.matches) return;
      if (!shell.leftCollapsed) shell.collapseLeft();
      if (!shell.rightCollapsed) shell.collapseRight();
    };
    document.addEventListener("pointerdown", () => (isTouched = true), { once: true, capture: true });
    shell.layoutModified.connect(() => isTouched || fit());
    shell.currentChanged.connect(fit);
    void shell.restored.then(fit);
    narrow.addEventListener("change", fit);
  },
};
