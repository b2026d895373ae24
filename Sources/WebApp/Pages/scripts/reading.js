// The text in a photo, to be read and copied.

import { make, symbol } from "./dom.js";
import { folded } from "./folded.js";
import { lines } from "./marks.js";

/** The heading with its button, and a line for each line in the photo. */
export function reading(photo) {
  const texts = lines(photo).map(({ text }) => text);
  const all = make("button", { class: "copy", type: "button", onclick: () => copy(texts.join("\n"), all) },
    symbol("copy"), make("span", { class: "deed", "aria-live": "polite" }, texts.length > 1 ? "Copy all" : "Copy"));
  return [
    make("div", { class: "heading-with-deed" }, make("h3", {}, "Text"), all),
    ...folded(texts.map((text, index) => {
      const line = make("button",
        { type: "button", "data-mark": `text ${index}`, title: "Copy this line", onclick: () => copy(text, line) },
        make("span", {}, text));
      return make("li", {}, line);
    }), { className: "lines", most: 12, name: "lines" }),
  ];
}

/** Puts text on the clipboard and says so on the button for a moment. */
async function copy(text, button) {
  // Dragging over a line selects it; that is no wish to copy all of it.
  if (!getSelection().isCollapsed && button.title) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyAsOfOld(text, button);
  }
  const note = button.querySelector(".deed");
  const before = note?.textContent;
  button.classList.add("copied");
  if (note) note.textContent = "Copied";
  setTimeout(() => {
    button.classList.remove("copied");
    if (note) note.textContent = before;
  }, 1600);
}

/** Away from this machine and without TLS a browser has no clipboard for pages; a selected field it copies. */
function copyAsOfOld(text, button) {
  const field = make("textarea", { class: "unseen", value: text });
  button.after(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  button.focus();
}
