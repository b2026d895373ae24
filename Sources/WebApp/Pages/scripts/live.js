// What happens on the server, as it happens. While a stream of events is open, nothing has to be asked for again and again;
// without one the page asks, as it always could.

import * as health from "./health.js";

/** When to try again after there was no room for another stream, in milliseconds. */
const refused = 30_000;
const kinds = ["queued", "analysed", "failed", "erased", "deleted", "alert"];
const listeners = new Set();
const starts = new Set();
const resets = new Set();
let stream = null;
let last = null;

/** Calls the listener with each event, `{kind, photo, bucket, key, time, alert?}`. */
export const onEvent = (listener) => listeners.add(listener);

/** Calls the listener when events begin to come in; what happened just before that may be unknown. */
export const onStart = (listener) => starts.add(listener);

/** Calls the listener when events may have been missed, so that what is shown may be old. */
export const onReset = (listener) => resets.add(listener);

/** Whether events come in. */
export const isOpen = () => stream?.readyState === EventSource.OPEN;

/** Begins to listen. A page that nobody sees does not: a browser has few connections for all pages of a server. */
export function listen() {
  document.addEventListener("visibilitychange", follow);
  health.onReturn(follow);
}

function follow() {
  if (document.hidden) {
    stream?.close();
    stream = null;
  } else if (!stream || stream.readyState === EventSource.CLOSED) open();
}

function open() {
  stream = new EventSource(`/api/v1/events${last === null ? "" : `?after=${last}`}`);
  for (const kind of kinds) {
    stream.addEventListener(kind, ({ data, lastEventId }) => {
      last = lastEventId;
      const event = { kind, ...JSON.parse(data) };
      for (const listener of listeners) listener(event);
    });
  }
  stream.addEventListener("start", ({ lastEventId }) => {
    const isFirst = last === null;
    last = lastEventId;
    if (isFirst) for (const listener of starts) listener();
  });
  stream.addEventListener("error", ({ target }) => {
    // A stream that breaks is opened again by the browser; one that was refused is not.
    if (target.readyState === EventSource.CLOSED) setTimeout(follow, refused);
  });
  stream.addEventListener("reset", ({ lastEventId }) => {
    last = lastEventId;
    for (const listener of resets) listener();
  });
}
