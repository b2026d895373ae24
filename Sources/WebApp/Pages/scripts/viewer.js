// One photo, large, with what is known of it.

import { about, tell } from "./about.js";
import * as address from "./address.js";
import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as library from "./library.js";
import * as light from "./light.js";
import { press } from "./marks.js";
import { picture } from "./picture.js";
import * as queue from "./queue.js";
import { isVeiled } from "./sensitive.js";
import { isSettled, watch } from "./settling.js";
import * as words from "./words.js";

const viewer = find("#viewer");
const confirm = find("#confirm");
let current = null;
let unwatch = () => {};

/** Shows the photo with this id, or none. */
export async function show(id) {
  if (id === current?.id) return;
  if (!id) return close();
  current = library.photo(id) ?? { id };
  try {
    if (!current.key) current = await api.photo(id);
    if (address.read().photo === id) open(current);
  } catch (error) {
    health.suspect(error);
    if (error.status === 404) library.forget(id);
    current = null;
    address.go({ photo: null }, { replace: true });
  }
}

function open(photo) {
  current = photo;
  const focused = viewer.contains(document.activeElement) ? document.activeElement.className : "";
  light.forget();
  viewer.classList.toggle("veiling", isVeiled(photo));
  viewer.replaceChildren(stage(photo), panel(photo));
  if (!viewer.open) viewer.showModal();
  else (viewer.querySelector(`.stage button[class="${focused}"]:enabled`) ?? find(".shut", viewer)).focus();
  viewer.scrollTop = 0;
  document.title = `${words.name(photo)} · Fovea`;
  follow(photo);
}

function panel(photo) {
  return about(photo, {
    deeds: [
      photo.status === "analysed" && !photo.erasedAt ? again(photo) : null,
      make("button", { class: "danger", type: "button", onclick: () => ask(photo) }, symbol("bin"), "Delete"),
      make("p", { class: "said", role: "status" }),
    ],
    retry: (button) => retry(photo, button),
    veilChanged: () => unveil(photo),
    taught: (text) => renew(photo, text),
  });
}

/** Shows what is known of a photo after something was taught, and says what came of it. */
async function renew({ id }, text) {
  try {
    const photo = await api.photo(id);
    library.update(photo);
    if (current?.id !== id) return;
    current = photo;
    const old = find(".about", viewer);
    const { scrollTop } = old;
    old.replaceWith(panel(photo));
    find(".about", viewer).scrollTop = scrollTop;
    find(".teach button", viewer)?.focus({ preventScroll: true });
    find(".teach [role=status]", viewer)?.replaceChildren(text);
  } catch (error) {
    health.suspect(error);
  }
}

/** A photo that waits says why, and turns into what it is once it is settled. */
function follow(photo) {
  unwatch();
  if (isSettled(photo)) return;
  unwatch = watch(photo, {
    told: (job) => tell(viewer, job),
    settled: (settled) => {
      if (current?.id !== photo.id) return;
      if (settled) open(settled);
      else leave();
    },
    closely: true,
  });
}

function close() {
  const last = current?.id;
  current = null;
  unwatch();
  document.title = "Fovea";
  if (confirm.open) confirm.close();
  if (viewer.open) viewer.close();
  viewer.replaceChildren();
  if (last) library.focus(last);
}

function stage(photo) {
  const beside = library.beside(photo.id);
  const turn = (side, name, text) => make("button", {
    class: side, type: "button", "aria-label": text, disabled: !beside[side],
    onclick: () => turnTo(library.beside(photo.id)[side]),
  }, symbol(name));
  return make("div", { class: "stage" },
    make("button", { class: "shut", type: "button", "aria-label": "Close", onclick: leave }, symbol("close")),
    ...picture(photo, () => unveil(photo)),
    turn("before", "left", "The photo before"), turn("after", "right", "The next photo"));
}

/** The buttons to the photos beside this one follow the grid, which may come later than the photo. */
export function followGrid() {
  if (!current || !viewer.open) return;
  const beside = library.beside(current.id);
  for (const side of ["before", "after"]) find(`.stage .${side}`, viewer).disabled = !beside[side];
}

/** A photo that may now be seen, or no longer, here and in the grid. */
function unveil(photo) {
  const old = find(".stage", viewer);
  const wasFocused = old.contains(document.activeElement);
  old.replaceWith(stage(photo));
  if (wasFocused) find(".shut", viewer).focus();
  viewer.classList.toggle("veiling", isVeiled(photo));
  library.redraw();
}

function ask(photo) {
  const no = make("button", { class: "quiet", type: "button", onclick: () => confirm.close() }, "Keep it");
  const yes = make("button", { class: "danger", type: "button", onclick: () => remove(photo, yes) }, "Delete");
  confirm.replaceChildren(
    make("h2", { id: "confirm-title" }, "Delete this photo?"),
    make("p", { id: "confirm-text" }, "The original, its thumbnail and all that was found in it are removed for good."),
    make("div", {}, no, yes));
  confirm.showModal();
  no.focus();
}

function again(photo) {
  const button = make("button", { class: "quiet again", type: "button", onclick: () => lookAgain(photo, button) },
    symbol("again"), "Look again");
  return button;
}

/** Looks at a photo again and shows what is seen now; what was known stays until then. */
async function lookAgain({ id }, button) {
  button.disabled = true;
  const say = (text) => { if (current?.id === id) find(".said", viewer)?.replaceChildren(text); };
  say("It is looked at…");
  try {
    const before = current.settledAt;
    const photo = await api.lookAgain(id);
    library.update(photo);
    if (current?.id !== id) return;
    const { scrollTop } = find(".about", viewer);
    const { scrollTop: viewerTop } = viewer;
    open(photo);
    find(".about", viewer).scrollTop = scrollTop;
    viewer.scrollTop = viewerTop;
    find(".again", viewer)?.focus({ preventScroll: true });
    say(photo.settledAt === before ? "It is looked at when it is its turn." : "Looked at again just now.");
  } catch (error) {
    health.suspect(error);
    button.disabled = false;
    say(error.message);
  }
  queue.ask();
}

async function retry(photo, button) {
  button.disabled = true;
  try {
    const again = await api.retry(photo.id).catch((error) => {
      // Somebody else was faster; what has become of it is the answer.
      if (error.code === "not_failed") return api.photo(photo.id);
      throw error;
    });
    library.update(again);
    if (current?.id === again.id) open(again);
    queue.ask();
  } catch (error) {
    health.suspect(error);
    button.disabled = false;
    find(".note p", viewer)?.replaceChildren(error.message);
  }
}

async function remove(photo, button) {
  button.disabled = true;
  try {
    await api.remove(photo.id);
  } catch (error) {
    if (error.status !== 404) {
      health.suspect(error);
      button.disabled = false;
      find("p", confirm).textContent = error.message;
      return;
    }
  }
  confirm.close();
  leave();
  library.forget(photo.id);
}

function turnTo(id) {
  if (id) address.go({ photo: id }, { replace: true });
}

function leave() {
  address.back({ photo: null });
}

light.listen(viewer);
viewer.addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
viewer.addEventListener("keydown", (event) => {
  if (confirm.open || !current || event.target.matches("input")) return;
  const { before, after } = library.beside(current.id);
  if (event.key === "ArrowLeft") turnTo(before);
  if (event.key === "ArrowRight") turnTo(after);
  if (!event.ctrlKey && !event.metaKey && !event.altKey) press(event.key.toLowerCase(), viewer);
});

let touch = null;
viewer.addEventListener("touchstart", (event) => {
  touch = event.touches.length === 1 && event.target.closest(".stage") ? event.touches[0] : null;
}, { passive: true });
viewer.addEventListener("touchend", (event) => {
  if (!touch || !current) return;
  const [end] = event.changedTouches;
  const [across, down] = [end.clientX - touch.clientX, end.clientY - touch.clientY];
  touch = null;
  if (Math.abs(across) < 60 || Math.abs(across) < 2 * Math.abs(down)) return;
  const { before, after } = library.beside(current.id);
  turnTo(across > 0 ? before : after);
});
