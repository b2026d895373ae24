// What stands above the grid, or in its place when nothing is in it.

import { find, make, symbol } from "./dom.js";
import * as words from "./words.js";

const heading = find("#heading");
const deeds = find("#deeds");
const nothing = find("#nothing");

/** Says what is shown: `view` is what the address asks for, `asked` what the server was asked, `photos` what it has
    found so far; `retryAll` looks again at all that failed. */
export function describe({ view, asked, photos, isMore, isEmpty }, retryAll) {
  nothing.hidden = !isEmpty;
  deeds.hidden = view.status === "";
  const isSaid = !isEmpty && (view.query !== "" || view.status !== "");
  heading.className = isSaid ? "heading" : "unseen";
  if (view.status) describeFailed({ photos, isMore, isEmpty }, retryAll);
  else if (isEmpty && view.query) sayNothingFound(view.query);
  else if (isEmpty) sayWelcome();
  if (!isSaid) title("Photos");
  else if (!view.status) {
    const count = isMore ? `More than ${photos.length} photos` : words.counted(photos.length, "photo");
    title(`${count} for `, make("b", {}, asked === view.query ? view.query : `${view.query}…`));
  }
}

/** A photo that is tried again stays where it is, so the heading follows what becomes of it. Who stands on a deed stays
    on it. */
function describeFailed({ photos, isMore, isEmpty }, retryAll) {
  const all = make("a", { class: "quiet", href: "/" }, "All photos");
  const focused = deeds.contains(document.activeElement) ? document.activeElement.tagName : null;
  deeds.replaceChildren();
  if (isEmpty) return say("Nothing has failed", "Every photo that is not waiting has been looked at.", all);
  const failed = photos.filter(({ status }) => status === "failed").length;
  const waiting = photos.filter(({ status }) => status === "queued" || status === "analysing").length;
  const count = isMore ? `More than ${words.counted(failed, "photo")}` : words.counted(failed, "photo");
  if (failed > 0) title(`${count} could not be looked at`);
  else title(waiting > 0 ? `${words.counted(waiting, "photo")} tried again` : "Now all of them are looked at");
  if (failed > 1) {
    const button = make("button", { class: "quiet", type: "button", onclick: () => retryAll(button) },
      symbol("again"), "Try all again");
    deeds.append(button);
  }
  deeds.append(all);
  if (focused) (deeds.querySelector(focused) ?? all).focus();
}

function sayWelcome() {
  const text = "Drop some here, paste one, or choose them from this device. "
    + "Each is looked at once and then found by what is in it.";
  const choose = make("button", { class: "primary", type: "button", "data-choose": "" }, symbol("plus"), "Add photos");
  say("No photos yet", text, choose);
}

function sayNothingFound(query) {
  const frequent = [...document.querySelectorAll(".labels a")].slice(0, 5);
  const others = make("ul", {}, frequent.map((link) => make("li", {}, link.cloneNode(true))));
  const hint = frequent.length ? ", another word, or one of these:" : ", or another word.";
  const limit = "Photos are found by what is in them and by their names, not yet by the words that can be read in them.";
  say(`Nothing found for “${query}”`, `Try one word less${hint}`, others, make("p", { class: "limit" }, limit));
}

/** Something in the place of photos. */
export function say(text, more, ...deeds) {
  nothing.hidden = false;
  nothing.replaceChildren(symbol("logo", "logo"), make("h2", {}, text), make("p", {}, more), ...deeds);
}

/** A heading that stays the same is not to be read out again. */
function title(...parts) {
  const text = parts.map((part) => part.textContent ?? part).join("");
  if (heading.textContent !== text) heading.replaceChildren(...parts);
}
