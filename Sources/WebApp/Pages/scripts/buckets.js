// The buckets: what each does with its pictures, and the one that pictures go to that are added here.

import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as words from "./words.js";

const standard = "incoming";
const menu = find("#into");
const add = find(".add span");
const drop = find("#drop p");
const going = find("#going");
let buckets = [];
/** Until the page is loaded again, and no longer: who has forgotten the choice must not lose a picture by it. */
let chosen = standard;

let know;
const known = new Promise((resolve) => { know = resolve; });

const named = (name) => buckets.find((bucket) => bucket.name === name);
const isPassing = (bucket) => bucket?.retention === "delete-after-analysis";

/** The bucket that pictures are added to. */
export const current = () => chosen;

/** Whether the picture of a photo is gone, or goes at this moment: nothing that shows it is to be asked for. */
export const isErased = (photo) => Boolean(photo.erasedAt)
  || (photo.status === "analysed" && isPassing(named(photo.bucket)));

/** Why the picture of a photo is gone; what its bucket says may be known a moment later. */
export function farewell(photo) {
  const text = make("p");
  const say = () => text.replaceChildren(words.farewell(photo, named(photo.bucket)?.retention));
  say();
  known.then(say);
  return text;
}

/** Asks for the buckets, and keeps the choice among them if it is still there. */
export async function refresh() {
  try {
    ({ buckets } = await api.buckets());
    know();
    fill();
    choose(named(chosen) ? chosen : standard);
  } catch (error) {
    health.suspect(error);
  }
}

function choose(name) {
  chosen = name;
  const isUsual = name === standard;
  add.textContent = isUsual ? "Add photos" : `Add to ${name}`;
  const retention = named(name)?.retention ?? "keep";
  const keeping = words.keeping(retention);
  drop.replaceChildren(isUsual ? "Drop to add" : `Drop to add to ${name}`,
    ...(isUsual ? [] : [make("small", {}, keeping)]));
  if (!isUsual) announce(name, retention, keeping);
  going.hidden = isUsual;
  for (const input of menu.querySelectorAll("input")) input.checked = input.value === name;
}

/** While photos go elsewhere than usual, the page says so where nobody misses it, and only once. */
function announce(name, retention, keeping) {
  if (!going.hidden && find("strong", going).dataset.name === name && find("p", going).textContent === keeping) return;
  going.replaceChildren(make("div", { class: "banner" }, symbol(retention === "keep" ? "picture" : "gone"),
    make("div", {}, make("strong", { "data-name": name }, `Photos that you add go to ${name}`), make("p", {}, keeping)),
    make("button", { class: "quiet", type: "button", onclick: () => {
      choose(standard);
      find(".add").focus();
    } }, `Back to ${standard}`)));
}

function fill() {
  const focused = menu.contains(document.activeElement) ? document.activeElement.value : null;
  menu.replaceChildren(make("fieldset", {}, make("legend", {}, "Photos go to"), buckets.map(choice)));
  if (focused) menu.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
}

function choice({ name, retention }) {
  const input = make("input", {
    type: "radio", name: "bucket", value: name, checked: name === chosen, onchange: () => choose(name),
  });
  return make("label", {}, input, make("span", {}, make("b", {}, name), make("small", {}, words.keeping(retention))));
}

menu.addEventListener("toggle", (event) => {
  if (event.newState === "open") refresh().then(() => find(":checked", menu)?.focus());
});
menu.addEventListener("click", (event) => {
  // A press of a key among the choices is a click too, but one without a place.
  if (event.target.matches("input") && event.detail === 0) return;
  if (event.target.closest("label") && !event.target.matches("input")) setTimeout(() => menu.hidePopover(), 160);
});
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  // Else the key would press the button that has the focus then, which opens it again.
  event.preventDefault();
  menu.hidePopover();
});
health.onReturn(refresh);
