// A photo in the grid.

import * as address from "./address.js";
import * as api from "./api.js";
import { isErased } from "./buckets.js";
import { make, sentence, symbol } from "./dom.js";
import { preview } from "./previews.js";
import { isVeiled, veilSign } from "./sensitive.js";
import { isSettled } from "./settling.js";
import * as words from "./words.js";

/** The tile of a photo that the server has. Labels that the search asks for come first: they are why it is here. */
export function tile(photo, { query = "", status = "" } = {}) {
  const state = photo.status === "failed" ? " failed" : isSettled(photo) ? "" : " unsettled";
  const item = make("li", { class: `tile photo${state}`, "data-id": photo.id });
  item.append(make("a", { href: address.write({ query, status, photo: photo.id }) },
    frame(photo), caption(photo, query)));
  return item;
}

/** Says on the tile of a photo that waits why it does. */
export function tell(item, { state, why }) {
  const isRunning = state === "running";
  if (isRunning !== item.classList.contains("looking")) {
    item.classList.toggle("looking", isRunning);
    if (isRunning) item.querySelector(".frame").append(gaze());
    else item.querySelector(".gaze").remove();
  }
  const caption = item.querySelector(".caption");
  caption.title = why;
  caption.replaceChildren(...sentence(why));
}

/** What stands below a photo: its labels, else what can be read, else why there is nothing. */
export function caption(photo, query = "") {
  const { particular, general, perhaps } = words.telling(photo);
  const sought = (photo.analysis?.labels ?? []).filter((label) => isSought(label.name, query));
  const labels = [...new Set([...sought, ...particular, ...general, ...perhaps])].slice(0, 4);
  if (labels.length === 0) {
    const reason = words.silence(photo) || words.otherwise(photo) || words.waiting;
    const brief = photo.status === "analysed" ? words.otherwise(photo) || "No labels" : reason;
    const name = photo.status === "failed" ? make("b", {}, words.name(photo)) : null;
    return make("span", { class: "caption", title: reason }, name, name && " ", brief);
  }

  const names = labels.map((label) => (words.isSure(label) ? label.name : `perhaps ${label.name}`));
  const isMarked = (label, index) => (sought.length ? sought.includes(label) : index === 0 && words.isSure(label));
  return make("span", { class: "caption", title: names.join(", ") }, labels.flatMap((label, index) => [
    index > 0 ? ", " : "",
    isMarked(label, index) ? make("b", {}, names[index]) : names[index],
  ]));
}

function frame(photo) {
  if (photo.status === "failed") return make("span", { class: "frame" }, symbol("alert"));
  if (isErased(photo)) return make("span", { class: "frame erased" }, symbol("gone"), make("small", {}, "Not kept"));
  const source = isSettled(photo) ? api.thumbnail(photo) : preview(photo);
  if (!source) return make("span", { class: "frame" }, symbol("clock"));
  const picture = make("img", { src: source, alt: "", loading: "lazy", decoding: "async" });
  picture.addEventListener("error", () => picture.replaceWith(symbol("picture")));
  if (!isVeiled(photo)) return make("span", { class: "frame" }, picture);
  return make("span", { class: "frame veiled" }, picture, veilSign(), make("span", { class: "unseen" }, "Sensitive"));
}

/** The sign that a picture is being looked at. */
export const gaze = () => make("span", { class: "gaze" }, make("i"), make("i"), make("b"));

/** Roughly what the server's search does with words: their beginnings and their plurals count too. */
function isSought(label, query) {
  const sought = query.toLowerCase().replace(/\b(label|bucket):/g, "").match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return label.toLowerCase().split(" ").some((word) =>
    sought.some((text) => word.startsWith(text) || text === `${word}s` || text === `${word}es`));
}
