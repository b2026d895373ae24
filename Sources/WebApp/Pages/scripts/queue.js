// The server's queue, asked for again as long as something waits in it; rarely while nobody looks.

import * as api from "./api.js";
import * as health from "./health.js";
import * as live from "./live.js";

/** How many of its jobs are asked for. */
const most = 100;
const [soon, slow, unseen] = [400, 4000, 15_000];

const listeners = new Set();
const tests = new Set();
let latest = { paused: false, waiting: 0, background: 0, running: 0, failed: 0 };
let pause = soon;
let timer = 0;
let due = Infinity;
let isAwaited = false;
let asking = null;
let following = null;

/** Calls the listener with each state of the queue, `{paused, waiting, background, running, failed, jobs, isWhole}`;
    not whole is a list of jobs behind which others wait. What the listener returns is awaited before the queue is asked for again. */
export const onNews = (listener) => listeners.add(listener);

/** Goes on asking while the test holds, also when the queue is empty. */
export const askWhile = (test) => tests.add(test);

/** Asks soon, because something has changed that the queue may know of. */
export function hasten() {
  pause = soon;
  isAwaited = true;
  if (!asking) schedule();
}

/** Asks soon, unless that is to be done anyway. */
export function wake() {
  if (due === Infinity && !asking) hasten();
}

/** Asks now. An answer that is on its way may be older than what one wants to know, so another follows it. */
export function ask() {
  if (!asking) return asking = follow().finally(() => { asking = null; });
  return following ??= asking.then(() => {
    following = null;
    return ask();
  });
}

async function follow() {
  clearTimeout(timer);
  due = Infinity;
  isAwaited = false;
  let [news, isAway] = [null, false];
  try {
    news = await api.jobs(most);
  } catch (error) {
    isAway = error instanceof api.Away;
    health.suspect(error);
    pause = slow;
  }
  if (news) {
    const isMoving = news.waiting + news.running !== latest.waiting + latest.running;
    // What becomes of photos is told as it happens, where it can be; then the numbers may be a little older.
    pause = isMoving && !live.isOpen() ? soon : Math.min(pause * 1.5, slow / 2);
    latest = news;
    await Promise.all([...listeners].map((listener) => listener({ ...news, isWhole: news.jobs.length < most })));
  }
  if (!isAway) schedule();
}

/** Stops the queue, lets it go on, or looks again at what failed: see `api.direct`. */
export async function direct(deed) {
  await api.direct(deed);
  await ask();
}

function schedule() {
  const { paused, waiting, background, running } = latest;
  const isNeeded = isAwaited || paused || waiting + background + running > 0 || [...tests].some((holds) => holds());
  if (!isNeeded) return;
  const busy = waiting > most / 5 ? 2.5 * soon : soon;
  const when = Date.now() + (document.hidden ? unseen : paused && !isAwaited ? slow : Math.max(pause, busy));
  if (when >= due) return;
  clearTimeout(timer);
  due = when;
  timer = setTimeout(ask, when - Date.now());
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
health.onReturn(ask);
