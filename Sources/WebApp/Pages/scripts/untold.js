// What could not be delivered to those who are to be told, in a line that opens: whom, what about, why, and what to do.

import * as api from "./api.js";
import { find, make, sentence, symbol } from "./dom.js";
import * as health from "./health.js";
import * as queue from "./queue.js";
import * as words from "./words.js";

/** How many deliveries are shown; and after how many tries one that still waits is worth a word. */
const [most, worth] = [20, 3];
/** How long until what was tried again may have become something, in milliseconds. */
const looks = [500, 2000, 6000];
const area = find("#untold");
let shown = "";
let asked = 0;
let timers = [];

/** Looks whenever photos were settled, the server is back, or one comes back to the page. */
export function listen() {
  let left = 0;
  queue.onNews(({ waiting, running }) => {
    if (waiting + running < left) soon();
    left = waiting + running;
  });
  health.onReturn(look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}

async function look() {
  const turn = ++asked;
  try {
    const outbox = await api.outbox(most);
    if (turn === asked) show(outbox);
  } catch (error) {
    health.suspect(error);
  }
}

/** Looks some times, because something is being told that has not failed yet. */
export function soon() {
  timers.forEach(clearTimeout);
  timers = looks.map((pause) => setTimeout(look, pause));
}

function show({ undeliverable, deliveries }) {
  const stuck = deliveries.filter(({ standing, tries }) => standing === "undeliverable" || tries >= worth);
  const state = JSON.stringify([undeliverable, stuck]);
  if (state === shown) return;
  shown = state;
  area.hidden = stuck.length === 0;
  if (area.hidden) return area.replaceChildren();
  const wasOpen = find("details", area)?.open ?? false;
  const late = stuck.filter(({ standing }) => standing !== "undeliverable").length;
  const title = undeliverable > 0
    ? `${words.counted(undeliverable, "message")} could not be delivered${late > 0 ? `, ${late} not yet` : ""}`
    : `${words.counted(late, "message")} could not be delivered yet`;
  const status = make("p", { class: "status", role: "status" });
  area.replaceChildren(make("details", { class: "banner", open: wasOpen },
    make("summary", {}, title),
    make("ul", {}, stuck.map((delivery) => entry(delivery, status))),
    undeliverable > 1 ? deed("Try all again", "again", () => api.redeliver(), status) : null,
    undeliverable > stuck.length - late ? make("p", {}, "More of them are listed by ", make("code", {}, "fovea outbox"), ".") : null,
    status));
}

function entry(delivery, status) {
  const { key, recipient, tries, nextTry, problem = "" } = delivery;
  const about = subject(delivery);
  const next = nextTry ? ` Tried ${words.counted(tries, "time")}; again at ${words.moment(nextTry)}.` : "";
  return make("li", {},
    make("p", {}, make("strong", {}, recipient), ` · ${about}`),
    make("p", { class: "why" }, sentence(problem), next && `.${next}`),
    make("div", { class: "deeds" },
      deed("Try again", "again", () => api.redeliver(key), status, `to tell ${recipient}: ${about}`),
      deed("Discard", "bin", () => api.discard(key), status, `what ${recipient} was to be told: ${about}`)));
}

function subject({ type, photoKey, alert }) {
  const name = photoKey ? words.name({ key: photoKey }) : "a photo";
  switch (type) {
    case "photo.analysed": return `${name} was looked at`;
    case "photo.failed": return `${name} could not be looked at`;
    case "alert": return `alert “${alert}”: ${name}`;
    default: return "a test";
  }
}

function deed(text, icon, act, status, whole) {
  const press = async () => {
    button.disabled = true;
    try {
      await act();
      status.textContent = icon === "again" ? "Trying again…" : "";
    } catch (error) {
      health.suspect(error);
      status.textContent = error.message;
    }
    button.disabled = false;
    await look();
    find("summary", area)?.focus();
    soon();
  };
  const label = whole ? `${text} ${whole}` : undefined;
  const button = make("button", { class: "quiet", type: "button", "aria-label": label, onclick: press }, symbol(icon), text);
  return button;
}
