import type { Page } from "playwright-core";

/** Chooses an entry of JupyterLite's menu by its command. */
export async function choose(page: Page, menu: string, command: string): Promise<void> {
  await page.getByRole("menuitem", { name: menu, exact: true }).click();
  await page.locator(`[role=menu] [data-command="${command}"]`).click();
}
