import * as flameGraph from "../../chart/flameGraph";
import * as giveDisplay from "../../notebook/giveDisplay";
import * as valueBundle from "../../notebook/valueBundle";

const rooms: Record<string, unknown> = {
  "../chart/flameGraph": flameGraph,
  "../notebook/giveDisplay": giveDisplay,
  "../notebook/valueBundle": valueBundle,
};

/** What the kernel loads of other rooms to show values; in a bundle it is there already. */
export function load(name: string): unknown {
  return rooms[name];
}
