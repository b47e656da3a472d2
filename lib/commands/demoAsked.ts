import type { LoadSettings } from "../demo/models/loadSettings";
import type { App } from "../demo/server";

/** What was asked of the demo, whoever answers. */
export interface DemoAsked extends Pick<LoadSettings, "quick" | "log" | "onProgress" | "signal"> {
  /** Names of the server. */
  hosts: string[];
  /** Requests a second of one address; all where there is none. */
  rate?: number;
  trustProxy: boolean;
}

/** What a way of serving comes to. */
export interface Served {
  app: App;
  /** Fulfilled when what is open has been answered, or after a while. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
