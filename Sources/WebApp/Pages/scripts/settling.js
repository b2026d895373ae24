// Photos that wait to be looked at are asked for again each second until they are settled; not while nobody looks.

import * as api from "./api.js";
import { suspect } from "./health.js";

const atOnce = 8;
const waiting = new Map();
let timer = 0;

export const isSettled = (photo) => photo.status === "analysed" || photo.status === "failed";

/** Calls `tell` with the photo once it is settled, or with `null` if it is gone by then. */
export function watch(photo, tell) {
  waiting.set(photo.id, [...(waiting.get(photo.id) ?? []), tell]);
  schedule();
}

function schedule() {
  if (!timer && waiting.size > 0 && !document.hidden) timer = setTimeout(ask, 1000);
}

async function ask() {
  await Promise.all([...waiting.keys()].slice(0, atOnce).map(async (id) => {
    try {
      const photo = await api.photo(id);
      if (isSettled(photo)) settle(id, photo);
    } catch (error) {
      suspect(error);
      if (error.status === 404) settle(id, null);
    }
  }));
  timer = 0;
  schedule();
}

function settle(id, photo) {
  const listeners = waiting.get(id) ?? [];
  waiting.delete(id);
  for (const tell of listeners) tell(photo);
}

document.addEventListener("visibilitychange", schedule);
