// Photos that are looked at again in the background: how far that is, and that it would be worth it.

import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as queue from "./queue.js";
import * as words from "./words.js";

const area = find("#renewal");
let goesOn = false;

/** Follows the queue, and asks once whenever the server turns out to be there. */
export function listen() {
  queue.onNews(async ({ background }) => { if (background > 0 || goesOn) await ask(); });
  queue.askWhile(() => goesOn);
  health.onReturn(ask);
}

async function ask() {
  try {
    const { stale, reanalyses } = await api.reanalyses();
    const running = reanalyses.find(({ state }) => state === "running");
    goesOn = Boolean(running);
    if (running) return show("running", progress(running), stop(running));
    // Where a model is missing, to look again is to see less.
    const isWhole = stale > 0 && !Object.values((await api.readiness()).analyses).includes("unavailable");
    if (isWhole) return show("stale", hint(stale), begin);
    area.hidden = true;
    area.dataset.kind = "";
  } catch (error) {
    health.suspect(error);
  }
}

function progress({ total, done, failed, secondsLeft }) {
  const left = secondsLeft === undefined ? "" : `, ${words.duration(secondsLeft)} left`;
  const bad = failed > 0 ? `, ${words.number(failed)} failed` : "";
  return `Looking again: ${words.number(done + failed)} of ${words.counted(total, "photo")}${bad}${left}`;
}

const hint = (stale) =>
  `${words.counted(stale, "photo was", "photos were")} looked at by other models than there are now`;

const stop = ({ number }) => ["Stop", "close", () => api.stopReanalysis(number)];
const begin = ["Look again", "again", () => api.reanalyse()];

/** Only what has changed is made anew, so that nothing loses the focus. */
function show(kind, text, [name, icon, act]) {
  if (area.dataset.kind !== kind) {
    const button = make("button", { class: "quiet", type: "button" }, symbol(icon), name);
    area.replaceChildren(make("div", { class: "line" }, symbol("again"), make("p", {}, text), button));
    area.dataset.kind = kind;
    area.hidden = false;
  }
  const paragraph = find("p", area);
  if (paragraph.textContent !== text) paragraph.textContent = text;
  find("button", area).onclick = async ({ currentTarget }) => {
    currentTarget.disabled = true;
    try {
      await act();
      goesOn = kind === "stale";
      await ask();
      find("button", area)?.focus();
      queue.hasten();
    } catch (error) {
      health.suspect(error);
    }
    currentTarget.disabled = false;
  };
}
