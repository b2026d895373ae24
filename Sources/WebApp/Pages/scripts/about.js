// What is known of a photo, beside its picture.

import * as address from "./address.js";
import * as api from "./api.js";
import { farewell, isErased } from "./buckets.js";
import { colours, qualities } from "./colours.js";
import { make, sentence, symbol } from "./dom.js";
import { faces } from "./faces.js";
import * as health from "./health.js";
import { instances, lines } from "./marks.js";
import { reading } from "./reading.js";
import { sensitive, setting } from "./sensitive.js";
import { isSettled } from "./settling.js";
import { rejection, teaching } from "./teach.js";
import * as words from "./words.js";

/** The panel; `deeds` are its buttons, `retry` is called to have a photo that failed looked at again, `veilChanged`
    when sensitive photos are to be seen or not, `taught` with what to say when a label was taught or rejected. */
export function about(photo, { deeds, retry, veilChanged, taught }) {
  const { analysis } = photo;
  return make("div", { class: "about" },
    make("h2", { id: "viewer-title" }, words.name(photo)),
    make("p", { class: "when" },
      photo.takenAt ? words.moment(photo.takenAt.local) : `Added ${words.moment(photo.createdAt)}`),
    note(photo, retry),
    labels(photo, taught),
    photo.status === "analysed" ? teaching(photo, taught) : null,
    analysis?.faces?.length ? [heading("Faces", analysis.faces.length), ...faces(photo)] : null,
    lines(photo).length ? reading(photo) : null,
    sensitivities(photo, veilChanged),
    troubles(photo),
    analysis?.properties ? [heading("Colours"), colours(analysis.properties)] : null,
    heading("Details"), facts(photo), models(photo),
    make("div", { class: "deeds" },
      isErased(photo) ? null : make("a", { class: "quiet", href: api.original(photo), target: "_blank", rel: "noopener" },
        symbol("out"), "Original"),
      deeds));
}

/** Why there is nothing more to say, yet or at all. */
function note(photo, retry) {
  if (!isSettled(photo)) return make("p", { class: "note why", role: "status" }, words.waiting);
  const silence = words.silence(photo);
  if (photo.status !== "failed") return silence ? make("p", { class: "note" }, silence) : null;
  if (isErased(photo)) {
    return make("div", { class: "note bad" }, make("p", { role: "status" }, silence), farewell(photo));
  }
  const button = make("button", { class: "quiet", type: "button", onclick: () => retry(button) },
    symbol("again"), "Try again");
  return make("div", { class: "note bad" }, make("p", { role: "status" }, silence), button);
}

/** Says anew why a photo waits. */
export const tell = (panel, { why }) => panel.querySelector(".why")?.replaceChildren(...sentence(why));

const heading = (text, count = 1) => make("h3", {}, text, count > 1 ? make("small", {}, ` ${count}`) : null);

function labels(photo, taught) {
  const row = (label, withKind) => seen(label, withKind, label.taught ? rejection(label, photo, taught) : null);
  const { particular, general, perhaps } = words.telling(photo);
  return [
    particular.length ? heading("In this photo") : null,
    make("ul", { class: "seen" }, particular.map((label) => row(label, particular.length > 1))),
    general.length ? make("div", { class: "kinds" }, general.map((label) => make("a",
      { class: "chip", href: searchFor(label), "data-mark": mark(label) },
      label.name, make("small", {}, words.percent(label.confidence))))) : null,
    perhaps.length ? heading("Perhaps") : null,
    make("ul", { class: "seen unsure" }, perhaps.map((label) => row(label, true))),
  ];
}

const searchFor = (label) => address.write({ query: words.labelQuery(label.name) });
const mark = (label) => (instances(label).length ? `object ${label.name}` : null);

/** With several things in a photo, each says what it is a kind of; with one, the chips below do. */
function seen(label, withKind, deed) {
  const kinds = withKind ? label.parents.slice(0, 2) : [];
  const count = instances(label).length;
  return make("li", { class: deed ? "taught" : null }, make("a", { href: searchFor(label), "data-mark": mark(label) },
    make("span", { class: "name" }, label.name,
      count > 1 ? make("span", { class: "kind" }, ` × ${count}`) : null,
      kinds.length ? make("span", { class: "kind" }, ` ${kinds.join(", ")}`) : null),
    make("span", { class: "sure" }, words.percent(label.confidence)),
    make("progress", { max: 100, value: label.confidence, "aria-hidden": "true" })), deed);
}

function sensitivities(photo, veilChanged) {
  const found = sensitive(photo);
  if (found.length === 0) return null;
  return [heading("Sensitive"),
    make("ul", { class: "sensitive" }, found.map(({ name, confidence }) =>
      make("li", {}, name, make("span", { class: "sure" }, words.percent(confidence))))),
    setting(veilChanged)];
}

/** Analyses that were asked for and did not come about, and what to do. What was not asked for is no trouble. */
function troubles(photo) {
  const found = words.troubles(photo);
  const notes = found.map(({ kind, text }) => make("div", { class: "note trouble", "data-kind": kind },
    make("p", {}, text)));
  if (found.some(({ state }) => state === "unavailable")) {
    health.remedies().then((remedies) => notes.forEach((note) => note.append(
      ...(remedies.get(note.dataset.kind) ?? []).map((remedy) => make("p", { class: "remedy" }, remedy)))));
  }
  return notes;
}

function facts(photo) {
  const taken = photo.takenAt;
  return list([
    ["Camera", photo.camera],
    ["Taken", taken && words.moment(taken.local) + (taken.offset ? ` (UTC${taken.offset})` : "")],
    ["Place", photo.location && place(photo.location)],
    ["Added", words.moment(photo.createdAt)],
    ["Deleted", photo.erasedAt && words.moment(photo.erasedAt)],
    ["Picture", photo.width && words.dimensions(photo.width, photo.height)],
    ["File", [photo.format?.toUpperCase(), words.size(photo.bytes)].filter(Boolean).join(", ")],
    ...qualities(photo.analysis?.properties),
    ["Key", `${photo.bucket}/${photo.key}`],
  ]);
}

/** The device's own map opens a `geo:` address (RFC 5870); no map service is asked. */
const place = (location) => make("a",
  { href: `geo:${location.latitude},${location.longitude}`, title: "Open in the map of this device" },
  words.coordinates(location));

/** Which models answered, and when it is opened, which are missing for a fuller answer. */
function models(photo) {
  const rows = Object.entries(photo.analysis?.models ?? {}).sort()
    .map(([task, names]) => [words.capitalised(task), names.replaceAll("+", ", ")]);
  if (rows.length === 0) return null;
  const gaps = make("div");
  const fill = async () => {
    const remedies = await health.remedies();
    const made = Object.keys(words.subjects).filter((kind) => photo.analysis.states[kind] === "done");
    gaps.replaceChildren(...made.flatMap((kind) => remedies.get(kind) ?? []).map((text) => make("p", {}, text)));
  };
  return make("details", { class: "models", ontoggle: fill }, make("summary", {}, "Looked at by"), list(rows), gaps);
}

const list = (rows) => make("dl", { class: "facts" },
  rows.filter(([, value]) => value).flatMap(([term, value]) => [make("dt", {}, term), make("dd", {}, value)]));
