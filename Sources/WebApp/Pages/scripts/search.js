// The search box and the labels below it. The address is kept in step, so that a search can be shared and reloaded.

import * as address from "./address.js";
import * as api from "./api.js";
import { find, make } from "./dom.js";
import * as health from "./health.js";
import * as words from "./words.js";

const most = 40;
const form = find("form.search");
const box = find("input", form);
const clear = find(".clear", form);
const nav = find("nav.labels");
let labels = [];
let typing = 0;
let isTyping = false;

/** Puts the box and the labels in step with the address. */
export function show(query) {
  if (box.value.trim() !== query) box.value = query;
  clear.hidden = box.value === "";
  renderLabels();
}

/** Asks again which labels there are. */
export async function refreshLabels() {
  try {
    labels = await api.labels();
    renderLabels();
  } catch (error) {
    health.suspect(error);
  }
}

/** The most frequent labels; while a word is typed, those that hold it, if any do. */
function renderLabels() {
  const word = box.value.trim().toLowerCase();
  const fitting = isTyping && word ? labels.filter(({ name }) => name.toLowerCase().includes(word)) : [];
  const items = (fitting.length ? fitting : labels).slice(0, most).map(({ name, photos }) => {
    const query = words.labelQuery(name);
    const isCurrent = query === address.read().query;
    const href = address.write({ query: isCurrent ? "" : query });
    return make("li", {}, make("a", { class: "chip", href, "aria-current": isCurrent ? "true" : null }, name,
      make("small", { "aria-label": words.counted(photos, "photo") }, String(photos))));
  });
  nav.hidden = items.length === 0;
  find("ul", nav).replaceChildren(...items);
}

function commit() {
  clearTimeout(typing);
  const query = box.value.trim();
  if (query === address.read().query) return;
  // One step of history for a search, however many letters it has.
  address.go({ query, status: "", photo: null }, { replace: isTyping && address.read().query !== "" });
}

box.addEventListener("input", () => {
  isTyping = true;
  clear.hidden = box.value === "";
  clearTimeout(typing);
  typing = setTimeout(commit, 180);
});
box.addEventListener("blur", () => { isTyping = false; });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  commit();
  isTyping = false;
  if (matchMedia("(pointer: coarse)").matches) box.blur();
});
clear.addEventListener("click", () => {
  box.value = "";
  commit();
  box.focus();
});
addEventListener("keydown", (event) => {
  const isElsewhere = event.target.matches?.("input, textarea") || find("dialog[open]");
  if (event.key === "/" && !isElsewhere) {
    event.preventDefault();
    box.select();
  } else if (event.key === "Escape" && event.target === box) {
    box.value = "";
    commit();
  }
});
