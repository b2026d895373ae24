// Photos that not everybody wants to see at once: veiled until one asks to see them.

import { make, symbol } from "./dom.js";

const limit = 60;
// A glass of wine is told, and no reason to hide a photo.
const harmless = new Set(["Alcohol", "Alcoholic Beverages", "Gambling"]);
const stored = "showSensitive";
const revealed = new Set();

/** What is sensitive in a photo, the particular alone: what its entries are kinds of says nothing more. */
export function sensitive(photo) {
  const all = photo.analysis?.moderation ?? [];
  const certain = all.filter(({ confidence, name }) => confidence >= limit && !harmless.has(name));
  return certain.filter(({ name }) => !certain.some(({ parent }) => parent === name));
}

/** Whether a photo is not to be seen yet. */
export const isVeiled = (photo) => sensitive(photo).length > 0 && !isShowing() && !revealed.has(photo.id);

/** Lets a photo be seen until the page is loaded again. */
export const reveal = (photo) => revealed.add(photo.id);

/** The setting, remembered by this browser. */
export function setting(changed) {
  const box = make("input", { type: "checkbox", checked: !isShowing(), onchange: () => {
    remember(!box.checked);
    revealed.clear();
    changed();
  } });
  return make("label", { class: "setting" }, box, "Blur such photos until they are clicked");
}

/** The sign on a photo in the grid that is veiled. */
export const veilSign = () => symbol("veil", "icon veil-sign");

// A browser that keeps nothing may throw at the mere thought.
function isShowing() {
  try {
    return localStorage.getItem(stored) === "yes";
  } catch {
    return false;
  }
}

function remember(shows) {
  try {
    if (shows) localStorage.setItem(stored, "yes");
    else localStorage.removeItem(stored);
  } catch { /* Then it holds for no longer than a moment. */ }
}
