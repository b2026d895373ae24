// A mark in the picture and its line beside it share a name, `data-mark`. Whichever is pointed at, focused or chosen
// lights both, and the rest of the picture recedes.

import { draw, find } from "./dom.js";

const state = { pointed: null, focused: null, chosen: null };

/** What darkens all of the picture but the marks that are lit. */
export const shade = (width, height) => draw("g", {},
  draw("mask", { id: "unlit", maskUnits: "userSpaceOnUse", x: 0, y: 0, width, height }),
  draw("rect", { class: "shade", width, height, mask: "url(#unlit)" }));

/** Nothing is lit any more; for another photo. */
export function forget() {
  Object.assign(state, { pointed: null, focused: null, chosen: null });
}

/** Lights whatever is pointed at, focused or chosen within an element. */
export function listen(within) {
  const change = (way, name) => {
    state[way] = name;
    show(within);
  };
  const named = (event) => event.target.closest?.("[data-mark]");
  within.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") change("pointed", named(event)?.dataset.mark ?? null);
  });
  within.addEventListener("pointerleave", () => change("pointed", null));
  within.addEventListener("focusin", (event) => {
    change("focused", event.target.matches(":focus-visible") ? named(event)?.dataset.mark ?? null : null);
  });
  within.addEventListener("click", (event) => {
    const element = named(event);
    if (element?.href) return;
    if (!element && !event.target.closest?.(".stage")) return;
    if (event.target.closest?.(".stage button")) return;
    const name = element?.dataset.mark ?? null;
    change("chosen", name === state.chosen ? null : name);
    if (element && state.chosen) bring(element, within);
  });
}

/** Brings the other side into view: of a mark its line, of a line the picture. */
function bring(element, within) {
  const isMark = element.closest(".stage");
  if (isMark && matchMedia("(max-width: 760px)").matches) return;
  const other = isMark ? find(`.about [data-mark="${CSS.escape(element.dataset.mark)}"]`, within) : find(".stage", within);
  other?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function show(within) {
  const name = state.pointed ?? state.focused ?? state.chosen;
  for (const element of within.querySelectorAll("[data-mark]")) {
    element.classList.toggle("lit", element.dataset.mark === name);
    if (element.hasAttribute("aria-pressed")) {
      element.setAttribute("aria-pressed", String(element.dataset.mark === state.chosen));
    }
  }
  const outlines = [...within.querySelectorAll(".marks .lit .outline")];
  const mask = find("#unlit", within);
  if (!mask) return;
  find(".marks", within).classList.toggle("lighting", outlines.length > 0);
  // While it fades, what was lit stays so.
  if (outlines.length === 0) return;
  const all = draw("rect", { width: "100%", height: "100%", fill: "#fff" });
  mask.replaceChildren(all, ...outlines.map((outline) => outline.cloneNode()));
}
