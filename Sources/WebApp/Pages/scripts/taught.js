// The labels that people taught: what they are on, how well they fare, and the photos they are unsure of.

import * as address from "./address.js";
import * as api from "./api.js";
import { isErased } from "./buckets.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import { isVeiled } from "./sensitive.js";
import * as words from "./words.js";

const dialog = find("#taught");
/** So many pictures of a label, and so many to be judged, are shown at a time. */
const most = { pictures: 8, candidates: 6 };
let hasChanged = false;
let changed = () => {};

/** Calls the listener when labels were changed and the page is seen again. */
export const onChange = (listener) => { changed = listener; };

/** Shows the labels, or hides them. */
export function show(isShown) {
  if (isShown === dialog.open) return;
  if (isShown) return open();
  dialog.close();
  dialog.replaceChildren();
  document.title = "Fovea";
  if (hasChanged) changed();
  hasChanged = false;
}

function open() {
  const status = make("p", { class: "status", role: "status" });
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => {
    if (file.files.length > 0) take(file.files[0], status);
    file.value = "";
  } });
  dialog.replaceChildren(
    make("header", {},
      make("h2", { id: "taught-title" }, "Taught labels"),
      make("button", { class: "quiet", type: "button", onclick: () => file.click() }, "Import"), file,
      make("button", { class: "shut", type: "button", "aria-label": "Close", onclick: leave }, symbol("close"))),
    status, make("div", { class: "list" }));
  dialog.showModal();
  document.title = "Taught labels · Fovea";
  refresh();
}

async function refresh() {
  const list = find(".list", dialog);
  try {
    const labels = await api.taughtLabels();
    list.replaceChildren(...(labels.length > 0 ? labels.map(section) : [empty()]));
  } catch (error) {
    health.suspect(error);
    find(".status", dialog).replaceChildren(error.message);
  }
}

const empty = () => make("p", { class: "note" },
  "Open a photo and choose “+ Label” to say what it is: our product, a beach, my car. "
  + "After three photos it is found in all others.");

function section(label) {
  const root = make("section", { "aria-label": label.name });
  const query = words.labelQuery(label.name);
  const pictures = make("ul", { class: "pictures" });
  const review = make("div", { class: "review" });
  const remove = make("button", { class: "quiet", type: "button", onclick: () => forget(label, root, remove) }, "Delete");
  root.append(
    make("div", { class: "title" },
      make("h3", {}, make("a", { href: address.write({ query }) }, label.name)),
      make("p", { class: "facts", role: "status" }, facts(label)),
      make("a", { class: "quiet", href: api.labelFile(label.name), download: `${label.name}.json` }, "Export"), remove),
    pictures, review);
  fill(label, pictures, review);
  return root;
}

function facts(label) {
  const parts = [words.counted(label.photos, "photo")];
  if (label.needed > 0) parts.push(words.needed(label));
  if (label.precision) parts.push(label.precision);
  parts.push(`told ${label.yes} yes, ${label.no} no`);
  return parts.join(" · ");
}

async function fill(label, pictures, review) {
  try {
    const { photos } = await api.list({ query: words.labelQuery(label.name), limit: most.pictures });
    pictures.replaceChildren(...photos.map((photo) => make("li", {},
      make("a", { href: address.write({ photo: photo.id }), "aria-label": words.description(photo) }, image(photo)))));
    const unsure = label.needed > 0 ? [] : await api.candidates(label.name, most.candidates);
    review.replaceChildren(...(unsure.length > 0 ? [
      make("h4", {}, `Is this ${label.name}?`),
      make("ul", { class: "pictures large" }, unsure.map((photo) => candidate(label, photo)))] : []));
  } catch (error) {
    health.suspect(error);
  }
}

function image(photo) {
  if (isErased(photo)) return make("span", { class: "erased" }, symbol("gone"));
  const source = api.thumbnail(photo);
  return make("img", { src: source, alt: "", loading: "lazy", decoding: "async", class: isVeiled(photo) ? "veiled" : "" });
}

/** A photo with the two answers; keys reach them in order, and an answer moves on to the next. */
function candidate(label, photo) {
  const item = make("li", {}, image(photo));
  const answer = (verdict, name, text) => make("button", {
    class: verdict, type: "button", "aria-label": `${text}: ${words.name(photo)}`, title: text,
    onclick: () => judge(label, photo, verdict, item),
  }, symbol(name));
  item.append(make("div", { class: "answers" },
    answer("yes", "check", `Yes, ${label.name}`), answer("no", "close", `No, not ${label.name}`)));
  return item;
}

async function judge(label, photo, verdict, item) {
  const section = item.closest("section");
  for (const button of item.querySelectorAll("button")) button.disabled = true;
  item.classList.add("judged", verdict);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  next?.querySelector("button:enabled")?.focus();
  try {
    const after = await api.teach(label.name, verdict, photo.id);
    hasChanged = true;
    find(".facts", section).replaceChildren(facts(after));
    item.remove();
    if (!section.querySelector(".review li:not(.judged)")) {
      await fill(after, find(".pictures", section), find(".review", section));
      find(".review button", section)?.focus();
    }
  } catch (error) {
    health.suspect(error);
    item.classList.remove("judged", verdict);
    for (const button of item.querySelectorAll("button")) button.disabled = false;
    find(".status", dialog).replaceChildren(error.message);
  }
}

/** The first press asks, the second does it. */
async function forget(label, root, button) {
  if (!button.classList.contains("danger")) {
    button.className = "danger";
    button.textContent = "Delete for good?";
    button.addEventListener("blur", () => {
      button.className = "quiet";
      button.textContent = "Delete";
    }, { once: true });
    return;
  }
  try {
    await api.forgetLabel(label.name);
    hasChanged = true;
    root.remove();
    find(".status", dialog).replaceChildren(`${label.name} is forgotten.`);
    find(".shut", dialog).focus();
    if (!find("section", dialog)) refresh();
  } catch (error) {
    health.suspect(error);
    find(".status", dialog).replaceChildren(error.message);
  }
}

async function take(file, status) {
  status.replaceChildren("Learning…");
  try {
    const label = await api.importLabel(file);
    hasChanged = true;
    const missing = label.unknown ? ` ${words.counted(label.unknown, "example")} of it are not here.` : "";
    status.replaceChildren(`${label.name} is on ${words.counted(label.photos, "photo")}.${missing}`);
    await refresh();
  } catch (error) {
    health.suspect(error);
    status.replaceChildren(error.message);
  }
}

function leave() {
  address.back({ labels: false });
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
find(".labels .own").addEventListener("click", () => address.go({ labels: true, photo: null }));
