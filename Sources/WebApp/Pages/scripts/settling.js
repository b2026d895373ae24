// Photos that wait to be looked at: why they still do, and what they are once they are settled.

import * as api from "./api.js";
import { suspect } from "./health.js";
import * as live from "./live.js";
import * as queue from "./queue.js";

/** How many photos are asked for at a time: those that have left the queue, and those too far back in it to be seen. */
const [leaving, hidden] = [24, 4];
const watched = new Map();

export const isSettled = (photo) => photo.status === "analysed" || photo.status === "failed";

/** Calls `settled` with the photo once it is settled, or with `null` if it is gone by then; until then `told` with its
    job, `{state, why}`, whenever that is another. Answers what ends it. `closely` asks for this photo's own job. */
export function watch(photo, { settled, told = () => {}, closely = false }) {
  const entry = watched.get(photo.id) ?? { watchers: new Set(), job: null, wasListed: false };
  const watcher = { settled, told, closely };
  entry.watchers.add(watcher);
  watched.set(photo.id, entry);
  if (entry.job) told(entry.job);
  queue.hasten();
  return () => {
    entry.watchers.delete(watcher);
    if (entry.watchers.size === 0 && watched.get(photo.id) === entry) watched.delete(photo.id);
  };
}

queue.askWhile(() => watched.size > 0);

queue.onNews(async ({ jobs, isWhole }) => {
  const listed = new Map(jobs.map((job) => [job.photo, job]));
  const [gone, far] = [[], []];
  for (const [id, entry] of watched) {
    const job = listed.get(id);
    if (job) {
      tell(entry, job);
      entry.wasListed = true;
    } else if (isWhole || entry.wasListed) gone.push(id);
    else far.push(id);
  }
  const behind = Math.max(0, ...jobs.map((job) => job.behind ?? 0));
  const isClose = (id) => [...watched.get(id).watchers].some(({ closely }) => closely);
  const close = far.filter(isClose);
  const why = `It waits behind more than ${behind} others.`;
  for (const id of far) if (!isClose(id)) tell(watched.get(id), { state: "waiting", why });
  await Promise.all([
    ...[...gone.slice(0, leaving), ...far.slice(0, hidden)].map(look), ...close.map(explain),
  ]);
});

live.onEvent(({ kind, photo }) => {
  if (!watched.has(photo)) return;
  if (kind === "deleted") settle(photo, null);
  else if (kind === "analysed" || kind === "failed") look(photo);
});

/** Asks for a photo; one that is not settled then has its next turn after all others. */
async function look(id) {
  try {
    const photo = await api.photo(id);
    if (isSettled(photo)) return settle(id, photo);
  } catch (error) {
    suspect(error);
    if (error.status === 404) return settle(id, null);
  }
  const entry = watched.get(id);
  if (!entry) return;
  entry.wasListed = false;
  watched.delete(id);
  watched.set(id, entry);
}

async function explain(id) {
  try {
    const { why, job } = await api.explanation(id);
    if (job && watched.has(id)) tell(watched.get(id), { ...job, why });
  } catch (error) {
    suspect(error);
  }
}

function tell(entry, job) {
  if (entry.job?.why === job.why && entry.job.state === job.state) return;
  entry.job = job;
  for (const { told } of entry.watchers) told(job);
}

function settle(id, photo) {
  const watchers = watched.get(id)?.watchers ?? [];
  watched.delete(id);
  for (const { settled } of watchers) settled(photo);
}
