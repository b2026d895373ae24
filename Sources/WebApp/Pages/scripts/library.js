// The grid: the photos that match the search, page by page, and everything that changes among them.

import * as address from "./address.js";
import * as api from "./api.js";
import { find, make } from "./dom.js";
import * as headline from "./headline.js";
import * as health from "./health.js";
import * as previews from "./previews.js";
import * as queue from "./queue.js";
import { isSettled, watch } from "./settling.js";
import { tell, tile } from "./tile.js";

const grid = find("#grid");
const more = find("#more");

let shown = new Map();
/** Photos that were added while a page was on its way, which may not know of them. */
let arrived = null;
/** What ends the watch over each photo that is not settled. */
const unwatch = new Map();
let view = null;
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

/** Whether all photos are shown, and not those of a search. */
export const isAll = () => view?.query === "" && view.status === "";

/** Shows the photos that match a search, or those that failed; the same again is not asked twice. */
export async function show({ query, status }) {
  if (view?.query === query && view.status === status) return;
  view = { query, status };
  request.abort();
  request = new AbortController();
  const { signal } = request;
  grid.classList.add("waiting");
  arrived = [];
  try {
    asked = query;
    let page = await api.list(view, signal);
    const beginning = page.photos.length === 0 ? beginningOf(query) : null;
    if (beginning) {
      asked = beginning;
      page = await api.list({ query: beginning, status }, signal);
    }
    shown = new Map();
    for (const end of unwatch.values()) end();
    unwatch.clear();
    grid.classList.toggle("searching", !isAll());
    for (const item of grid.querySelectorAll(".photo")) item.remove();
    const missed = isAll() ? arrived.filter(({ id }) => page.photos.every((photo) => photo.id !== id)) : [];
    append({ ...page, photos: [...missed.reverse(), ...page.photos] });
    scrollTo({ top: 0 });
  } catch (error) {
    if (signal.aborted) return;
    view = null;
    health.suspect(error);
    if (!(error instanceof api.Away)) headline.say("That did not work", error.message);
  } finally {
    if (!signal.aborted) {
      grid.classList.remove("waiting");
      arrived = null;
    }
  }
}

/** Asks anew for what is shown, because labels have changed. */
export function renew() {
  const state = view;
  view = null;
  if (state) show(state);
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
    append(await api.list({ query: asked, status: view.status, cursor: next }, signal));
  } catch (error) {
    health.suspect(error);
  } finally {
    more.disabled = false;
  }
}

function append(page) {
  next = page.next;
  const items = page.photos.filter(({ id }) => !shown.has(id)).map(item);
  grid.append(...items);
  describe();
  listed();
}

/** The tile of a photo; one that is not settled says why, and is replaced once it is. */
function item(photo) {
  shown.set(photo.id, photo);
  const element = tile(photo, view);
  unwatch.get(photo.id)?.();
  unwatch.delete(photo.id);
  if (isSettled(photo)) previews.release(photo.id);
  else unwatch.set(photo.id, watch(photo, {
    told: (job) => tell(element, job),
    settled: (settled) => { if (settled) update(settled); else forget(photo.id); },
  }));
  return element;
}

/** Shows what has become of a photo that the grid has. */
export function update(photo) {
  const old = tileOf(photo.id);
  if (!old || !shown.has(photo.id)) return;
  const hadFocus = old.contains(document.activeElement);
  const element = item(photo);
  element.classList.add("still");
  old.replaceWith(element);
  if (hadFocus) focus(photo.id);
  describe();
  changed();
}

/** Takes in a photo that has just been added, in the place of the tile that stood for it. */
export function adopt(photo, placeholder) {
  arrived?.push(photo);
  if (!isAll() || shown.has(photo.id)) placeholder.remove();
  else {
    const others = shown;
    shown = new Map();
    const element = item(photo);
    for (const [id, other] of others) shown.set(id, other);
    element.classList.add("still");
    placeholder.replaceWith(element);
    find(".caption", element).classList.add("fresh");
  }
  describe();
  changed();
}

/** Takes in photos that came by other ways than this page, at the top; `isWanted` says of one that it may. */
export async function join(isWanted) {
  const { signal } = request;
  const page = await api.list(view, signal);
  const news = page.photos.filter((photo) => !shown.has(photo.id));
  // Between the newest and those that are shown there may be more.
  if (news.length === page.photos.length) return renew();
  const wanted = news.filter(isWanted);
  const items = wanted.map(item);
  shown = new Map([...wanted.map((photo) => [photo.id, photo]), ...shown]);
  find(".photo", grid).before(...items);
  describe();
  changed();
  listed();
}

/** Takes a photo away that is no longer there. */
export function forget(id) {
  shown.delete(id);
  unwatch.get(id)?.();
  unwatch.delete(id);
  tileOf(id)?.remove();
  previews.release(id);
  describe();
  changed();
}

/** Makes all tiles anew, because how photos are shown has changed. */
export function redraw() {
  for (const item of grid.querySelectorAll(".photo")) {
    const photo = shown.get(item.dataset.id);
    if (photo && isSettled(photo)) item.replaceWith(tile(photo, view));
  }
}

const tileOf = (id) => find(`[data-id="${CSS.escape(id)}"]`, grid);

/** Puts the focus on a photo, wherever in the grid it is. */
export const focus = (id) => { if (tileOf(id)) find("a", tileOf(id)).focus(); };

/** Says what is shown, or what to do when nothing is. */
export function describe() {
  if (!view) return;
  more.hidden = !next;
  const isEmpty = !grid.querySelector(isAll() ? ".tile" : ".photo");
  headline.describe({ view, asked, photos: [...shown.values()], isMore: Boolean(next), isEmpty }, retryAll);
}

async function retryAll(button) {
  button.disabled = true;
  try {
    await api.direct("retry?all=true");
    for (const photo of shown.values()) if (photo.status === "failed") update({ ...photo, status: "queued" });
    find("#deeds a")?.focus();
    queue.ask();
  } catch (error) {
    health.suspect(error);
    button.disabled = false;
    if (!(error instanceof api.Away)) button.after(make("p", { role: "alert" }, error.message));
  }
}

more.addEventListener("click", loadMore);
new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) loadMore(); },
  { rootMargin: "600px" }).observe(more);
health.onReturn(() => { if (!view) show(address.read()); });
