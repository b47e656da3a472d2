import type { JupyterFrontEnd } from "@jupyterlab/application";
import { type ICommandPalette, Notification } from "@jupyterlab/apputils";

/** A command of the site. */
export interface SiteCommand {
  label: string;
  caption: string;
  /** Default always. */
  isEnabled?: () => boolean;
  execute: () => Promise<unknown>;
}

/** Adds a command, also to the palette. What it throws is shown. Gives its place in a menu. */
export function addCommand(
  app: JupyterFrontEnd,
  palette: ICommandPalette | null,
  id: string,
  { label, caption, isEnabled = () => true, execute }: SiteCommand,
): { command: string } {
  app.commands.addCommand(id, { label, caption, isEnabled, execute: () => execute().catch(showError) });
  palette?.addItem({ command: id, category: "Atelier" });
  return { command: id };
}

/** Shows what went wrong until it is closed. */
export function showError(error: Error): void {
  Notification.error(error.message, { autoClose: false });
}
