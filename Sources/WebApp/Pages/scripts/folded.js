// A long list shows its beginning, and the rest when asked.

import { make } from "./dom.js";
import * as words from "./words.js";

/** A list of items; more than `most` are folded away behind a button. */
export function folded(items, { className, most, name }) {
  const list = make("ul", { class: className }, items);
  // One more costs no more room than the button that would hide it.
  if (items.length <= most + 1) return [list];
  for (const item of items.slice(most)) item.hidden = true;
  const button = make("button", { class: "quiet all", type: "button", onclick: () => {
    for (const item of items) item.hidden = false;
    items[most].querySelector("a, button")?.focus();
    button.remove();
  } }, `Show all ${words.counted(items.length, name, name)}`);
  return [list, button];
}
