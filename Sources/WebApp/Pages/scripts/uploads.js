// The photos on their way in, and the pace at which they go: a few at a time, and as the server bears it.

import * as address from "./address.js";
import * as buckets from "./buckets.js";
import { find } from "./dom.js";
import * as library from "./library.js";
import * as tray from "./tray.js";
import { Upload } from "./upload.js";

const atOnce = 3;
/** So few are waited for, which lets them go before others that the server has to look at. */
const few = 5;
const grid = find("#grid");

let uploads = [];
let isCounted = false;
/** What keeps all of them from going on: `{until}`, a time, or `{reason}`, which holds until somebody says so. */
let hold = null;
/** After the server had no room, one goes ahead alone. */
let isProbing = false;
let ticking = 0;

/** Takes in files, as `{file, name}`, and shows them at the top of all photos. */
export function add(files) {
  address.go({ query: "", status: "", photo: null });
  if (isCounted) forgetDone();
  const wait = files.length <= few ? 2 : 0;
  const added = files.map(({ file, name }) => new Upload(file, name, buckets.current(), wait, advance));
  uploads.push(...added);
  grid.prepend(...added.map((upload) => upload.tile));
  library.describe();
  scrollTo({ top: 0, behavior: "smooth" });
  advance();
}

/** Whether the photo under this key is being sent from here. */
export const isUnderWay = (key) => inState("sending", "looking").some((upload) => upload.key === key);

const inState = (...states) => uploads.filter((upload) => states.includes(upload.state));

function advance() {
  const room = hold ? 0 : (isProbing ? 1 : atOnce) - inState("sending", "looking").length;
  for (const upload of inState("waiting").slice(0, Math.max(0, room))) upload.send().then(heed).finally(advance);
  describe();
}

/** No room in the queue: all wait as long as the server asks. No room on the disk: somebody has to do something. */
function heed(refusal) {
  if (refusal?.status === 507) hold = { reason: refusal.message };
  else if (refusal && !hold?.reason) {
    hold = { until: Math.max(hold?.until ?? 0, Date.now() + 1000 * (refusal.retryAfter ?? 10)) };
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
  } else if (!refusal) isProbing = false;
}

function tick() {
  if (hold?.until > Date.now()) return describe();
  clearInterval(ticking);
  if (hold?.until) goOn();
}

function goOn() {
  hold = null;
  isProbing = true;
  advance();
}

function forgetDone() {
  isCounted = false;
  uploads = uploads.filter(({ state }) => state !== "done");
}

function dismiss() {
  for (const upload of inState("failed")) upload.dismiss();
  forgetDone();
  describe();
}

function discard() {
  for (const upload of inState("waiting")) upload.dismiss();
  hold = null;
  advance();
}

function describe() {
  uploads = uploads.filter(({ state }) => state !== "dismissed");
  const open = inState("waiting", "sending", "looking", "stalled").length;
  const done = inState("done");
  const failed = inState("failed");
  if (open === 0) {
    hold = null;
    // That all of a few have come in can be seen; of many it is said.
    if (done.length + failed.length === 0 || (failed.length === 0 && done.length <= few)) forgetDone();
    else isCounted = true;
  }
  tray.show({
    open, hold, isCounted, failed,
    added: done.filter(({ wasThere }) => !wasThere).length, there: done.filter(({ wasThere }) => wasThere).length,
  }, { goOn, discard, dismiss });
}

addEventListener("beforeunload", (event) => {
  if (inState("waiting", "sending", "stalled").length > 0) event.preventDefault();
});
