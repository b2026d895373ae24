// Photos that come and go by other ways than this page: a folder that is watched, an import, another window. They join the
// grid while one is at its top; else a line says that there are some, for nothing may move under somebody's eyes.

import * as address from "./address.js";
import * as api from "./api.js";
import { find } from "./dom.js";
import * as health from "./health.js";
import * as library from "./library.js";
import * as live from "./live.js";
import { isSettled } from "./settling.js";
import * as uploads from "./uploads.js";
import * as words from "./words.js";

/** What comes within this time is shown together. */
const gathering = 300;
const button = find("#arrivals");
let news = new Set();
let timer = 0;

/** Follows the events. */
export function listen() {
  live.onEvent((event) => {
    if (event.kind === "deleted") leave(event.photo);
    else if (event.kind === "queued") arrive(event);
    else if (event.kind !== "alert") renew(event.photo, event.time);
  });
  live.onStart(catchUp);
  live.onReset(library.renew);
  address.onChange(() => { if (!library.isAll()) forget(...news); });
  addEventListener("scroll", () => { if (news.size > 0 && isAtTop()) show(); }, { passive: true });
  button.addEventListener("click", () => {
    scrollTo({ top: 0 });
    show();
  });
}

/** Leaves out what the grid has by now. */
export const compare = () => forget(...[...news].filter(library.photo));

const isAtTop = () => scrollY < 40 && !find("dialog[open]");

/** A photo may have come after the list was made and before the stream began. */
async function catchUp() {
  try {
    const { photos } = await api.list({ limit: 1 });
    for (const { id, key } of photos) if (!library.photo(id)) arrive({ photo: id, key });
  } catch (error) {
    health.suspect(error);
  }
}

function arrive({ photo, key }) {
  if (library.photo(photo)) return renew(photo);
  if (!library.isAll() || uploads.isUnderWay(key)) return;
  news.add(photo);
  timer ||= setTimeout(() => {
    timer = 0;
    if (isAtTop()) show();
    else tell();
  }, gathering);
}

function leave(photo) {
  forget(photo);
  if (library.photo(photo)) library.forget(photo);
}

function forget(...photos) {
  for (const photo of photos) news.delete(photo);
  tell();
}

function tell() {
  button.hidden = news.size === 0;
  if (news.size > 0) button.querySelector("span").textContent = words.counted(news.size, "new photo");
}

async function show() {
  if (news.size === 0 || !library.isAll()) return;
  forget(...news);
  try {
    await library.join(({ key }) => !uploads.isUnderWay(key));
  } catch (error) {
    health.suspect(error);
  }
}

/** Shows what has become of a photo that the grid has; the watch over one that waited does that itself. */
async function renew(id, time = null) {
  const shown = library.photo(id);
  if (!shown || !isSettled(shown)) return;
  // What this page was answered may have come before the event of it.
  if (shown.settledAt && time && new Date(time) - new Date(shown.settledAt) < 1000) return;
  try {
    library.update(await api.photo(id));
  } catch (error) {
    health.suspect(error);
  }
}
