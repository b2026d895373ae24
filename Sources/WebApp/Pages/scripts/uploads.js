// Photos on their way in: each a tile in the grid that shows how far it is, then turns into the photo.

import * as address from "./address.js";
import * as api from "./api.js";
import { find, make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as library from "./library.js";
import { gaze } from "./tile.js";
import * as words from "./words.js";

const atOnce = 4;
const grid = find("#grid");
const tray = find("#tray");
let uploads = [];

/** Takes in files, as `{file, name}`, and shows them at the top of all photos. */
export function add(files) {
  address.go({ query: "", photo: null });
  const added = files.map(({ file, name }) => new Upload(file, name));
  uploads.push(...added);
  grid.prepend(...added.map((upload) => upload.tile));
  library.describe();
  scrollTo({ top: 0, behavior: "smooth" });
  advance();
}

class Upload {
  state = "waiting";
  sent = 0;

  constructor(file, name) {
    this.file = file;
    this.name = name;
    this.preview = URL.createObjectURL(file);
    this.tile = make("li", { class: "tile upload" });
    this.progress = make("progress", { max: 1, value: 0, "aria-label": `Sending ${name}` });
    this.note = make("span", { class: "caption", title: name });
    const picture = make("img", { src: this.preview, alt: "", loading: "lazy", decoding: "async" });
    picture.addEventListener("error", () => picture.replaceWith(symbol("picture")));
    this.frame = make("span", { class: "frame" }, picture);
    this.show("waiting", name, this.progress);
  }

  /** The file's own time is part of the key: another camera's IMG_0001.jpg must never take the place of this one. */
  get key() {
    const time = new Date(this.file.lastModified - new Date(this.file.lastModified).getTimezoneOffset() * 60_000);
    return `${time.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".")}/${this.name}`;
  }

  show(state, text, ...overlay) {
    this.state = state;
    this.tile.className = `tile upload ${state}`;
    this.note.textContent = text;
    this.frame.querySelectorAll("progress, .gaze, .sign").forEach((element) => element.remove());
    this.frame.append(...overlay);
    this.tile.replaceChildren(this.frame, this.note);
  }

  async send() {
    this.show("sending", "Sending…", this.progress);
    try {
      const { photo } = await api.upload(this.file, this.key, (part) => this.advanceTo(part));
      this.finish(photo);
    } catch (error) {
      if (error instanceof api.Away) await this.waitForServer();
      else this.fail(error.message);
    }
  }

  advanceTo(part) {
    this.progress.value = part;
    if (part < 1) this.note.textContent = `Sending ${Math.floor(part * 100)}\u202f%`;
    else if (this.state === "sending") this.show("looking", "Looking…", gaze());
  }

  finish(photo) {
    this.state = "done";
    // The server's thumbnail takes the preview's place; the preview's memory goes when it has had time to.
    setTimeout(() => URL.revokeObjectURL(this.preview), 5000);
    library.adopt(photo, this.tile);
  }

  /** A line that broke while the server is there is that file's own trouble; else all wait for the server. */
  async waitForServer() {
    this.show("waiting", "Waiting for Fovea…", this.progress);
    try {
      await api.readiness();
      this.fail("The connection broke while sending. Perhaps the file is too large.");
    } catch {
      this.state = "stalled";
      await health.back();
      this.show("waiting", this.name, this.progress);
    }
  }

  fail(reason) {
    const sign = symbol("alert", "icon sign");
    this.show("failed", "", sign);
    this.note.append(make("b", {}, this.name), ` ${reason}`);
    this.tile.append(make("div", { class: "actions" },
      make("button", { type: "button", onclick: () => this.retry() }, "Try again"),
      make("button", { type: "button", onclick: () => this.dismiss() }, "Dismiss")));
  }

  retry() {
    this.progress.value = 0;
    this.show("waiting", this.name, this.progress);
    advance();
  }

  dismiss() {
    URL.revokeObjectURL(this.preview);
    uploads = uploads.filter((upload) => upload !== this);
    this.tile.remove();
    library.describe();
    describe();
  }
}

const inState = (...states) => uploads.filter((upload) => states.includes(upload.state));

function advance() {
  const room = atOnce - inState("sending", "looking").length;
  for (const upload of inState("waiting").slice(0, Math.max(0, room))) {
    upload.send().finally(advance);
  }
  describe();
}

/** The tray says how all of them are doing, wherever in the page one is. */
function describe() {
  const open = inState("waiting", "sending", "looking", "stalled").length;
  const failed = inState("failed");
  if (open === 0) uploads = failed;
  tray.hidden = uploads.length === 0;
  if (tray.hidden) return;
  const isSame = tray.dataset.open === String(open > 0) && find("p", tray);
  tray.dataset.open = String(open > 0);
  const done = inState("done").length;
  const failures = failed.length ? `${words.counted(failed.length, "photo")} not added` : "";
  const adding = open ? `Adding ${Math.min(done + failed.length + 1, uploads.length)} of ${uploads.length}` : "";
  if (!isSame) {
    tray.replaceChildren(make("p", { role: "status" }), open
      ? make("progress", { "aria-label": "Photos added" })
      : make("button", { type: "button", onclick: () => failed.forEach((upload) => upload.dismiss()) }, "Dismiss"));
  }
  find("p", tray).textContent = [adding, failures].filter(Boolean).join(" · ");
  if (open) Object.assign(find("progress", tray), { max: uploads.length, value: done + failed.length });
}

addEventListener("beforeunload", (event) => {
  if (inState("waiting", "sending", "stalled").length > 0) event.preventDefault();
});
