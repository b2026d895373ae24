// The work that waits, said above the photos when there is enough of it to be worth a word, and what has failed.

import * as address from "./address.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as queue from "./queue.js";
import * as words from "./words.js";

/** So many are over before one has read that they wait. */
const few = 5;
const area = find("#work");
const stopped = find("#stopped");
let latest = null;

/** Follows the queue and the address. */
export function listen() {
  queue.onNews((news) => {
    latest = news;
    show();
  });
  address.onChange(show);
}

function show() {
  if (!latest) return;
  const { paused, waiting, running, failed } = latest;
  keep(stopped, paused ? "paused" : "", () => make("div", { class: "banner" }, symbol("pause"),
    make("div", {}, make("strong", {}, "The queue is paused"), make("p")), deed("resume", "play", "Resume")));
  if (paused) put(find("p", stopped), aboutPause(waiting, running));

  const isBusy = !paused && waiting + running > few;
  const hasFailed = failed > 0 && address.read().status === "";
  keep(area, `${isBusy ? "busy" : ""} ${hasFailed ? "failed" : ""}`.trim(), () => [
    isBusy ? make("div", { class: "line" },
      symbol("clock"), make("p", { class: "count" }), deed("pause", "pause", "Pause")) : null,
    hasFailed ? make("a", { class: "line", href: address.write({ status: "failed" }) },
      symbol("alert"), make("span"), symbol("right", "icon arrow")) : null,
  ]);
  if (isBusy) put(find(".count", area), `${words.number(waiting)} waiting, ${words.number(running)} being looked at`);
  if (hasFailed) put(find("a span", area), `${words.counted(failed, "photo")} could not be looked at`);
}

/** What is in the hands of the server is still finished. */
function aboutPause(waiting, running) {
  const last = running > 0 ? ` ${words.number(running)} ${running === 1 ? "is" : "are"} still being looked at.` : "";
  if (waiting === 0) return `Photos are taken in, but not looked at.${last}`;
  return `${words.counted(waiting, "photo waits", "photos wait")} until it is resumed.${last}`;
}

/** Makes an area anew only when something else is to be shown in it, so that nothing loses the focus. */
function keep(area, kind, build) {
  if (area.dataset.kind === kind) return;
  area.dataset.kind = kind;
  area.hidden = kind === "";
  area.replaceChildren(...(kind ? [build()].flat().filter(Boolean) : []));
}

/** A button that stops the queue or lets it go on; the focus goes to the one that undoes it. */
function deed(name, icon, text) {
  const direct = async () => {
    button.disabled = true;
    try {
      await queue.direct(name);
      find("#stopped button, #work button")?.focus();
    } catch (error) {
      health.suspect(error);
    }
    button.disabled = false;
  };
  const button = make("button", { class: "quiet", type: "button", "aria-label": `${text} the queue`, onclick: direct },
    symbol(icon), text);
  return button;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
