// Loaded first in a row's process that is on a leash: see leash.ts. It ends when the process that holds it has ended, or
// says nothing for too long. Looks are counted and no clock is read, so that one that jumps changes nothing.
"use strict";
const { setInterval } = require("node:timers");

const LOOK = 500; // ms
const LET_GO = 75; // the same as in leash.ts
const MOST_SILENT = 8; // looks

let silent = 0;
process.on("message", () => (silent = 0));
process.on("disconnect", end);
process.channel.unref();
setInterval(() => {
  if (++silent > MOST_SILENT) end();
}, LOOK).unref();

function end() {
  process.exit(LET_GO); // at once: whoever runs the row next must not meet it
}
