// The tray says how all photos on their way in are doing, wherever in the page one is.

import { find, make } from "./dom.js";
import * as address from "./address.js";
import * as words from "./words.js";

const tray = find("#tray");
let shown = "";

/** Shows how many are `open`, were `added`, were `there` already or `failed`, and what holds them up. */
export function show(state, deeds) {
  const kind = kindOf(state);
  tray.hidden = kind === "";
  if (kind !== shown) tray.replaceChildren(...(kinds[kind]?.build(deeds, state) ?? []));
  tray.className = `tray ${kind}`;
  shown = kind;
  kinds[kind]?.fill(state);
}

function kindOf({ hold, open, isCounted }) {
  if (hold) return hold.reason ? "stopped" : "held";
  if (open) return "open";
  return isCounted ? "over" : "";
}

const button = (text, onclick) => make("button", { type: "button", onclick }, text);
const notAdded = (count) => `${words.counted(count, "photo")} not added`;

/** Each kind of tray: how it is built, and what changes in it. What changes all the time is not read out. */
const kinds = {
  open: {
    build: () => [make("p"), make("progress", { "aria-label": "Photos added" })],
    fill: ({ open, added, there, failed }) => {
      const done = added + there + failed.length;
      const adding = `Adding ${words.number(done + 1)} of ${words.number(done + open)}`;
      say(failed.length ? `${adding} · ${notAdded(failed.length)}` : adding);
      Object.assign(find("progress", tray), { max: done + open, value: done });
    },
  },
  held: {
    build: () => [make("p", {}, make("span", { role: "status" }), make("span", { "aria-hidden": "true" }))],
    fill: ({ open, hold }) => {
      const seconds = Math.max(1, Math.ceil((hold.until - Date.now()) / 1000));
      const files = `${words.counted(open, "file")} ${open === 1 ? "goes" : "go"} on`;
      const [text, when] = tray.querySelectorAll("span");
      put(text, `Fovea has much to do; ${files}`);
      put(when, ` in ${seconds}\u00a0s`);
    },
  },
  stopped: {
    build: ({ goOn, discard }) => [
      make("div", { role: "status" }, make("strong"), make("p")),
      make("div", { class: "choice" }, button("Go on", goOn), button("Discard them", discard)),
    ],
    fill: ({ open, hold }) => {
      put(find("strong", tray), `Adding has stopped; ${words.counted(open, "file")} not sent`);
      say(hold.reason);
    },
  },
  over: {
    build: ({ dismiss }) => [make("p", { role: "status" }), make("div", { class: "choice" },
      make("button", { class: "first", type: "button", onclick: showFirst }, "Show"), button("Dismiss", dismiss))],
    fill: ({ added, there, failed }) => {
      const parts = [
        added || !failed.length ? `${words.counted(added, "photo")} added` : "",
        there ? `${words.number(there)} already here` : "",
        failed.length ? (added ? `${words.number(failed.length)} not added` : notAdded(failed.length)) : "",
      ];
      say(parts.filter(Boolean).join(" · "));
      find(".first", tray).hidden = failed.length === 0;
    },
  },
};

const say = (text) => put(find("p", tray), text);

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Goes to the first photo that was not added, which says why. */
function showFirst() {
  address.go({ query: "", status: "", photo: null });
  const first = find(".upload.failed");
  first?.scrollIntoView({ block: "center" });
  first?.querySelector("button").focus({ preventScroll: true });
}
