import "./timerGlobals";
import "./processGlobals";
import { console } from "./console";

// What Node's code finds without an import. This file comes first in a bundle: others look for it as they load.
Object.assign(globalThis, { console });
