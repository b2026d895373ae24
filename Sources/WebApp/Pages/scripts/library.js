// The grid: the photos that match the search, page by page, and everything that changes among them.

import * as address from "./address.js";
import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import { isSettled, watch } from "./settling.js";
import { tile } from "./tile.js";
import * as words from "./words.js";

const grid = find("#grid");
const heading = find("#heading");
const nothing = find("#nothing");
const more = find("#more");

let shown = new Map();
let query = null;
let asked = "";
let next;
let request = new AbortController();
let changed = () => {};
let listed = () => {};

/** Calls the listener when photos came or went. */
export const onContentChange = (listener) => { changed = listener; };

/** Calls the listener when a page of photos has joined the grid. */
export const onListed = (listener) => { listed = listener; };

/** The photo with this id, if the grid has it. */
export const photo = (id) => shown.get(id);

/** The photos beside one in the grid: `{before, after}`, each an id or nothing. More are fetched in time. */
export function beside(id) {
  const ids = [...shown.keys()];
  const place = ids.indexOf(id);
  if (place < 0) return {};
  if (place > ids.length - 4) loadMore();
  return { before: ids[place - 1], after: ids[place + 1] };
}

/** Shows the photos that match a search; the same search again is not asked twice unless `again`. */
export async function show(text, { again = false } = {}) {
  if (text === query && !again) return;
  query = text;
  request.abort();
  request = new AbortController();
  const { signal } = request;
  grid.classList.add("waiting");
  try {
    asked = text;
    let page = await api.list({ query: text }, signal);
    const beginning = page.photos.length === 0 ? beginningOf(text) : null;
    if (beginning) {
      asked = beginning;
      page = await api.list({ query: beginning }, signal);
    }
    shown = new Map();
    grid.classList.toggle("searching", text !== "");
    for (const item of grid.querySelectorAll(".photo")) item.remove();
    append(page);
    scrollTo({ top: 0 });
  } catch (error) {
    if (signal.aborted) return;
    query = null;
    health.suspect(error);
    if (!(error instanceof api.Away)) say("That did not work", error.message);
  } finally {
    if (!signal.aborted) grid.classList.remove("waiting");
  }
}

/** While a word is being typed it finds nothing; what begins so is meant then. */
function beginningOf(text) {
  return /(^|\s)[\p{L}\p{N}]{2,}$/u.test(text) && !/"[^"]*$/.test(text) ? `${text}*` : null;
}

async function loadMore() {
  if (!next || more.disabled) return;
  more.disabled = true;
  const { signal } = request;
  try {
    append(await api.list({ query: asked, cursor: next }, signal));
  } catch (error) {
    health.suspect(error);
  } finally {
    more.disabled = false;
  }
}

function append(page) {
  next = page.next;
  const items = page.photos.filter(({ id }) => !shown.has(id)).map((photo) => {
    shown.set(photo.id, photo);
    return settling(photo, tile(photo, query));
  });
  grid.append(...items);
  describe();
  listed();
}

/** A tile that is replaced once its photo is settled. */
function settling(photo, item) {
  if (!isSettled(photo)) {
    watch(photo, (settled) => {
      if (!settled) return forget(photo.id);
      if (!item.isConnected) return;
      shown.set(settled.id, settled);
      item.replaceWith(tile(settled, query));
      changed();
    });
  }
  return item;
}

/** Takes in a photo that has just been added, in the place of the tile that stood for it. */
export function adopt(photo, placeholder) {
  if (query !== "" || shown.has(photo.id)) placeholder.remove();
  else {
    shown = new Map([[photo.id, photo], ...shown]);
    const item = settling(photo, tile(photo));
    placeholder.replaceWith(item);
    find(".caption", item).classList.add("fresh");
  }
  describe();
  changed();
}

/** Takes a photo away that is no longer there. */
export function forget(id) {
  shown.delete(id);
  find(`[data-id="${CSS.escape(id)}"]`, grid)?.remove();
  describe();
  changed();
}

/** Makes all tiles anew, because how photos are shown has changed. */
export function redraw() {
  for (const item of grid.querySelectorAll(".photo")) {
    const photo = shown.get(item.dataset.id);
    if (photo && isSettled(photo)) item.replaceWith(tile(photo, query));
  }
}

/** Puts the focus on a photo, wherever in the grid it is. */
export const focus = (id) => find(`[data-id="${CSS.escape(id)}"] a`, grid)?.focus();

/** Says what is shown, or what to do when nothing is. */
export function describe() {
  more.hidden = !next;
  const isEmpty = !grid.querySelector(query ? ".photo" : ".tile");
  nothing.hidden = !isEmpty;
  heading.className = query && !isEmpty ? "heading" : "unseen";
  heading.replaceChildren("Photos");
  if (isEmpty && query) sayNothingFound();
  else if (isEmpty) {
    const text = "Drop some here, paste one, or choose them from this device. "
      + "Each is looked at once and then found by what is in it.";
    const choose = make("button", { class: "primary", type: "button", "data-choose": "" },
      symbol("plus"), "Add photos");
    say("No photos yet", text, choose);
  } else if (query) {
    const count = next ? `More than ${shown.size} photos` : words.counted(shown.size, "photo");
    heading.replaceChildren(`${count} for `, make("b", {}, asked === query ? query : `${query}…`));
  }
}

function sayNothingFound() {
  const frequent = [...document.querySelectorAll(".labels a")].slice(0, 5);
  const others = make("ul", {}, frequent.map((link) => make("li", {}, link.cloneNode(true))));
  const hint = frequent.length ? ", another word, or one of these:" : ", or another word.";
  const limit = "Photos are found by what is in them and by their names, not yet by the words that can be read in them.";
  say(`Nothing found for “${query}”`, `Try one word less${hint}`, others, make("p", { class: "limit" }, limit));
}

function say(title, text, ...deeds) {
  nothing.hidden = false;
  nothing.replaceChildren(symbol("logo", "logo"), make("h2", {}, title), make("p", {}, text), ...deeds);
}

more.addEventListener("click", loadMore);
new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) loadMore(); },
  { rootMargin: "600px" }).observe(more);
health.onReturn(() => { if (query === null) show(address.read().query); });
