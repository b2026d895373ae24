// A photo on its way in: a tile in the grid that shows how far it is, then turns into the photo.

import * as api from "./api.js";
import { make, symbol } from "./dom.js";
import * as health from "./health.js";
import * as library from "./library.js";
import * as previews from "./previews.js";
import { isSettled } from "./settling.js";
import { gaze } from "./tile.js";

/** `state` is `waiting`, `sending`, `looking`, `stalled` while the server is away, `failed` or `done`. */
export class Upload {
  state = "waiting";
  /** Whether the server had this photo already. */
  wasThere = false;

  /** For `wait` seconds the photo may be looked at before the server answers; `changed` is called when it is to be sent
      again or is no longer wanted. */
  constructor(file, name, bucket, wait, changed) {
    Object.assign(this, { file, name, bucket, wait, changed });
    this.preview = URL.createObjectURL(file);
    this.tile = make("li", { class: "tile upload" });
    this.progress = make("progress", { max: 1, value: 0, "aria-label": `Sending ${name}` });
    this.note = make("span", { class: "caption", title: name });
    const picture = make("img", { src: this.preview, alt: "", loading: "lazy", decoding: "async" });
    picture.addEventListener("error", () => picture.replaceWith(symbol("picture")));
    this.frame = make("span", { class: "frame" }, picture);
    this.line();
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

  /** Sends the file. A refusal that is not about this file (there is no room now) is answered, for all to heed. */
  async send() {
    this.show("sending", "Sending…", this.progress);
    try {
      const progress = (part) => this.advanceTo(part);
      const { photo, isNew } = await api.upload(this.file, this.key, { bucket: this.bucket, wait: this.wait, progress });
      this.wasThere = !isNew;
      this.finish(photo);
    } catch (error) {
      if (error.status === 429 || error.status === 507) {
        this.line();
        return error;
      }
      if (error instanceof api.Away) await this.waitForServer();
      else this.fail(error.message);
    }
    return null;
  }

  /** Takes its place in the line, from the beginning. */
  line() {
    this.progress.value = 0;
    this.show("waiting", this.name, this.progress);
  }

  advanceTo(part) {
    this.progress.value = part;
    if (part < 1) this.note.textContent = `Sending ${Math.floor(part * 100)}\u202f%`;
    else if (this.state === "sending" && this.wait) this.show("looking", "Looking…", gaze());
  }

  /** The preview stands for the photo until the server has a thumbnail of it. */
  finish(photo) {
    this.state = "done";
    if (isSettled(photo)) previews.release(photo.id, this.preview);
    else previews.keep(photo, this.preview);
    library.adopt(photo, this.tile);
  }

  /** A line that broke while the server is there is that file's own trouble; else all wait for the server. */
  async waitForServer() {
    this.show("waiting", "Waiting for Fovea…", this.progress);
    this.state = "stalled";
    try {
      await api.readiness();
      this.fail("The connection broke while sending. Perhaps the file is too large.");
    } catch {
      await health.back();
      if (this.state === "stalled") this.line();
    }
  }

  fail(reason) {
    this.show("failed", "", symbol("alert", "icon sign"));
    this.note.append(make("b", {}, this.name), ` ${reason}`);
    this.tile.append(make("div", { class: "actions" },
      make("button", { type: "button", onclick: () => this.retry() }, "Try again"),
      make("button", { type: "button", onclick: () => this.dismiss() }, "Dismiss")));
  }

  retry() {
    this.line();
    this.changed();
  }

  dismiss() {
    this.state = "dismissed";
    URL.revokeObjectURL(this.preview);
    this.tile.remove();
    library.describe();
    this.changed();
  }
}
