// What was found, drawn over the picture: objects, faces, text.

import { draw, make } from "./dom.js";
import * as light from "./light.js";

/** Labels have many boxes that are guesses; those that are more likely wrong are not drawn. */
const limit = 50;
const layers = [
  { name: "objects", title: "Objects", key: "o" },
  { name: "faces", title: "Faces", key: "f" },
  { name: "text", title: "Text", key: "t" },
];
/** Which layers are shown; it stays so from photo to photo. */
const chosen = new Set();

/** The layers' buttons hear of the letters that stand for them. */
export function press(key, viewer) {
  viewer.querySelector(`.layers [aria-keyshortcuts="${CSS.escape(key)}"]`)?.click();
}

/** The instances of a label that are sure enough to be drawn. */
export const instances = (label) => (label.instances ?? []).filter(({ confidence }) => confidence >= limit);

/** The lines of text in a photo, without their words. */
export const lines = (photo) => (photo.analysis?.text ?? []).filter(({ type }) => type === "line");

/** `{drawing, buttons}` for what was found in a photo; nothing when nothing has a place. The drawing's units are the
    picture's own pixels and it is fitted as the picture is, so that the two agree at every size. */
export function marks(photo) {
  const { width, height } = photo;
  const drawn = { objects: objects(photo), faces: faces(photo), text: text(photo) };
  const present = layers.filter(({ name }) => drawn[name].length > 0);
  if (!width || present.length === 0) return {};
  const drawing = draw("svg",
    { class: "marks", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    light.shade(width, height),
    present.map(({ name }) => draw("g", { class: name }, drawn[name])));
  drawing.classList.add(...[...chosen].map((name) => `with-${name}`));
  sizes.disconnect();
  sizes.observe(drawing);
  const buttons = make("div", { class: "layers", role: "group", "aria-label": "Show in the picture" },
    present.map((layer) => button(layer, drawn[layer.name].length, drawing)));
  return { drawing, buttons };
}

function button({ name, title, key }, count, drawing) {
  const element = make("button", {
    type: "button", class: `layer ${name}`, "aria-pressed": String(chosen.has(name)), "aria-keyshortcuts": key,
    title: `${title} (${key.toUpperCase()})`,
    onclick: () => {
      if (!chosen.delete(name)) chosen.add(name);
      element.setAttribute("aria-pressed", String(chosen.has(name)));
      drawing.classList.toggle(`with-${name}`, chosen.has(name));
    },
  }, title, make("small", {}, String(count)));
  return element;
}

/** Names keep their size on the screen, however large the picture's pixels are there. */
const sizes = new ResizeObserver(([{ target }]) => {
  const scale = target.getScreenCTM()?.a;
  if (scale) target.setAttribute("font-size", 13 / scale);
});

/** The smaller lie above the larger, so that each can be pointed at. */
function objects(photo) {
  const area = ({ box }) => box.width * box.height;
  return (photo.analysis?.labels ?? [])
    .flatMap((label) => instances(label).map((instance) => ({ name: label.name, ...instance })))
    .sort((one, other) => area(other) - area(one))
    .map((instance) => draw("g", { class: "mark", "data-mark": `object ${instance.name}` },
      rectangle(instance.box, photo),
      draw("text", { ...corner(instance.box, photo), dx: ".5em", dy: "1.35em" }, instance.name)));
}

function faces(photo) {
  return (photo.analysis?.faces ?? []).map(({ box, landmarks }, index) => draw("g",
    { class: "mark", "data-mark": `face ${index}` },
    rectangle(box, photo, 0.12),
    (landmarks ?? []).map(({ x, y }) => draw("circle",
      { cx: x * photo.width, cy: y * photo.height, r: 0.014 * box.width * photo.width }))));
}

function text(photo) {
  return lines(photo).map(({ polygon }, index) => {
    const points = polygon.map(({ x, y }) => `${x * photo.width},${y * photo.height}`).join(" ");
    return draw("g", { class: "mark", "data-mark": `text ${index}` }, draw("polygon", { class: "outline", points }));
  });
}

const corner = (box, { width, height }) => ({ x: Math.max(0, box.left) * width, y: Math.max(0, box.top) * height });

function rectangle(box, photo, round = 0) {
  const [width, height] = [box.width * photo.width, box.height * photo.height];
  const rx = round * Math.min(width, height);
  return draw("rect",
    { class: "outline", x: box.left * photo.width, y: box.top * photo.height, width, height, rx });
}
