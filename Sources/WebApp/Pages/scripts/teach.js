// Teaching a label on a photo: saying what it is, and what it is not.

import * as address from "./address.js";
import * as api from "./api.js";
import { make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as words from "./words.js";

/** A button that asks for a label, and what has become of the last; `taught` hears what to say of it. */
export function teaching(photo, taught) {
  const status = make("p", { role: "status" });
  const open = make("button", { class: "chip", type: "button", onclick: () => ask() }, symbol("plus"), "Label");
  const all = make("a", { class: "link", href: address.write({ ...address.read(), photo: null, labels: true }) },
    "Taught labels");
  const root = make("div", { class: "teach" }, make("div", { class: "row" }, open, all), status);

  function ask() {
    const names = make("datalist", { id: "taught-names" });
    const box = make("input", {
      type: "text", "aria-label": "What is it?", placeholder: "What is it?", maxLength: 60, required: true,
      autocomplete: "off", enterKeyHint: "done",
    });
    box.setAttribute("list", "taught-names");
    const form = make("form", {
      onsubmit: (event) => {
        event.preventDefault();
        if (box.value.trim()) teach("yes", box.value.trim(), photo, status, taught, form);
      },
      onkeydown: (event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        form.replaceWith(open);
        open.focus();
      },
    }, box, names, make("button", { class: "quiet", type: "submit" }, "Add"));
    open.replaceWith(form);
    box.focus();
    api.taughtLabels().then((labels) => names.replaceChildren(...labels.map(({ name }) => make("option", { value: name }))))
      .catch(health.suspect);
  }

  return root;
}

/** A button that says a taught label does not belong on a photo. */
export function rejection(label, photo, taught) {
  const button = make("button", {
    class: "reject", type: "button", "aria-label": `Not ${label.name}`, title: `This is not ${label.name}`,
    onclick: () => {
      const status = button.closest(".about").querySelector(".teach [role=status]");
      teach("no", label.name, photo, status, taught, button);
    },
  }, symbol("close"));
  return button;
}

async function teach(verdict, name, photo, status, taught, control) {
  const controls = [control, ...control.querySelectorAll("input, button")];
  for (const element of controls) element.disabled = true;
  status.replaceChildren("Learning…");
  try {
    taught(said(verdict, await api.teach(name, verdict, photo.id)));
  } catch (error) {
    health.suspect(error);
    status.replaceChildren(error.message);
    for (const element of controls) element.disabled = false;
  }
}

function said(verdict, label) {
  if (label.needed > 0) return `${label.name}: ${words.needed(label)}.`;
  return verdict === "yes" ? `${label.name} is now on ${words.counted(label.photos, "photo")}.`
    : `This is no longer ${label.name}, and what is like it less.`;
}
