// Whether the server is there and can look at photos; banners that say so when not.

import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as words from "./words.js";

const banners = find("#banners");
const returned = new Set();
let away = false;
let checking = false;

/** Calls the listener whenever the server turns out to be there: at the start, and after having been away. */
export const onReturn = (listener) => returned.add(listener);

/** Resolves once the server answers again. */
export const back = () => new Promise((resolve) => {
  const listener = () => {
    returned.delete(listener);
    resolve();
  };
  returned.add(listener);
  check();
});

/** For every failed request: if the server is away, the banner says so until it is back. */
export function suspect(error) {
  if (error instanceof api.Away) check();
}

/** Asks the server how it is; while it does not answer, again and again, a little slower each time. */
export async function check() {
  if (checking) return;
  checking = true;
  for (let pause = 1000; ; pause = Math.min(pause * 1.5, 10_000)) {
    try {
      const readiness = await api.readiness();
      show(readiness);
      break;
    } catch (error) {
      away = true;
      const text = error instanceof api.Away
        ? "It may be restarting. This page goes on by itself as soon as it is back."
        : error.message;
      banner("Fovea is not answering", text);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  checking = false;
  away = false;
  for (const listener of [...returned]) listener();
}

/** What is missing for each analysis and what to do: a map from its name to sentences. */
export async function remedies() {
  try {
    return byAnalysis((await api.readiness()).remedies);
  } catch {
    return new Map();
  }
}

/** The server writes `faces: what is missing; what to do`. */
function byAnalysis(remedies = []) {
  const all = new Map();
  for (const remedy of remedies) {
    const [, kind, text] = remedy.match(/^([a-z]+): (.*)$/s) ?? [null, "", remedy];
    all.set(kind, [...(all.get(kind) ?? []), words.capitalised(text)]);
  }
  return all;
}

function show({ analyses = {}, remedies }) {
  banners.replaceChildren();
  const missing = Object.keys(analyses).filter((kind) => analyses[kind] === "unavailable");
  const all = byAnalysis(remedies);
  const lines = [...new Set(missing.flatMap((kind) => all.get(kind) ?? []))];
  if (analyses.labels !== "done") {
    banner("Photos are kept, but not labelled yet", ...(lines.length ? lines : ["No model for labels is installed."]));
  } else if (missing.length > 0) {
    const subjects = new Intl.ListFormat("en").format(missing.map((kind) => words.subjects[kind].toLowerCase()));
    banners.replaceChildren(make("details", { class: "banner" },
      make("summary", {}, `Not looked for, because a model is missing: ${subjects}`),
      lines.map((line) => make("p", {}, line))));
  }
}

function banner(title, ...lines) {
  if (away && banners.dataset.title === title && banners.children.length) return;
  banners.dataset.title = title;
  banners.replaceChildren(
    make("div", { class: "banner" }, symbol("alert"),
      make("div", {}, make("strong", {}, title), lines.map((line) => make("p", {}, line)))));
}
