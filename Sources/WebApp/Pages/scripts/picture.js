// The picture of a photo, with what was found drawn over it.

import * as api from "./api.js";
import { farewell, isErased } from "./buckets.js";
import { make, symbol } from "./dom.js";
import { marks } from "./marks.js";
import { preview } from "./previews.js";
import * as words from "./words.js";
import * as sensitive from "./sensitive.js";

/** The picture's layers, to lie one over the other; `revealed` is called when a veiled one is asked for. */
export function picture(photo, revealed) {
  if (photo.status === "failed") return [symbol("alert")];
  if (photo.status !== "analysed") return [waiting(photo)];
  if (isErased(photo)) return [make("div", { class: "erased" }, symbol("gone"), farewell(photo))];
  const { drawing, buttons } = marks(photo);
  if (!sensitive.isVeiled(photo)) return [...images(photo), drawing, buttons];
  return [make("div", { class: "veiled" }, ...images(photo)), make("div", { class: "veil" },
    symbol("veil"), make("p", {}, "This photo may be sensitive."),
    make("button", { class: "show", type: "button", onclick: () => {
      sensitive.reveal(photo);
      revealed();
    } }, "Show it"))];
}

/** Until the server has looked at a photo, the browser's own picture of it has to do, where there is one. */
function waiting(photo) {
  if (!preview(photo)) return symbol("clock");
  const picture = make("img", { src: preview(photo), alt: "" });
  picture.addEventListener("error", () => picture.replaceWith(symbol("clock")));
  return picture;
}

/** The small thumbnail at once, the large one over it as soon as it is there; every browser shows both. */
function images(photo) {
  const alt = words.description(photo);
  const small = make("img", { src: api.thumbnail(photo), alt, class: "soft" });
  const large = make("img", { src: api.thumbnail(photo, 1440), alt, decoding: "async", hidden: true });
  large.addEventListener("load", () => {
    large.hidden = false;
    large.classList.add("arrived");
    small.remove();
  });
  large.addEventListener("error", () => {
    small.classList.remove("soft");
    large.remove();
  });
  return [small, large];
}
