// What the server is asked, and how its answers and refusals come back.

const photos = "/api/v1/photos";
/** Labels that a search finds are shown, if only as “perhaps”: else nobody knows why a photo was found. */
const limits = { minConfidence: 50, maxLabels: 40 };

/** The server refused, with its own sentence for a person. */
export class Problem extends Error {
  constructor(status, document, retryAfter = null) {
    super(document?.detail ?? `The server answered with status ${status}.`);
    this.status = status;
    this.code = document?.code ?? "";
    /** After how many seconds it is worth trying again, if the server says so. */
    this.retryAfter = Number.parseInt(retryAfter, 10) || null;
  }
}

/** The server did not answer at all. */
export class Away extends Error {
  constructor() {
    super("Fovea does not answer.");
  }
}

async function ask(path, options = {}) {
  let response;
  let document = null;
  try {
    response = await fetch(path, options);
    if (response.status !== 204) document = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    // A refusal may come without a document; a success without its document is no answer.
    if (!response || response.ok) throw new Away();
  }
  if (!response.ok) throw new Problem(response.status, document);
  return document;
}

/** A page of the photos that match: `{photos, next?}`. */
export function list({ query = "", status = "", cursor, limit = 60 }, signal) {
  const parameters = new URLSearchParams({ limit, ...limits });
  if (query) parameters.set("q", query);
  if (status) parameters.set("status", status);
  if (cursor) parameters.set("cursor", cursor);
  return ask(`${photos}?${parameters}`, { signal });
}

export const photo = (id) => ask(`${photos}/${id}?${new URLSearchParams(limits)}`);
export const remove = (id) => ask(`${photos}/${id}`, { method: "DELETE" });
export const retry = (id) => ask(`${photos}/${id}/retry?${new URLSearchParams(limits)}`, { method: "POST" });
/** Looks at a photo again that was looked at; the answer comes once that is done, or after half a minute. */
export const lookAgain = (id) =>
  ask(`${photos}/${id}/reanalyse?${new URLSearchParams({ wait: 30, ...limits })}`, { method: "POST" });
/** Why a photo is not done: `{status, why, job?}`. */
export const explanation = (id) => ask(`${photos}/${id}/job`);
export const labels = async () => (await ask("/api/v1/labels")).labels;

const taught = "/api/v1/labels/taught";
const named = (name) => `${taught}/${encodeURIComponent(name)}`;
const posted = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body });
/** The labels that people taught: `[{name, photos, yes, no, needed, precision?}]`. */
export const taughtLabels = async () => (await ask(taught)).labels;
/** Says of a photo that a label fits, `yes` or `no`, or takes back what was said, `none`. */
export const teach = (name, verdict, id) => ask(taught, posted(JSON.stringify({ name, [verdict]: [id] })));
export const forgetLabel = (name) => ask(named(name), { method: "DELETE" });
/** Photos that nobody judged, those first that the label's classifier is least sure of. */
export const candidates = async (name, limit) => (await ask(`${named(name)}/candidates?limit=${limit}`)).photos;
export const labelFile = (name) => `${named(name)}/export`;
export const importLabel = (file) => ask("/api/v1/labels/import", posted(file));

const renewals = "/api/v1/reanalyses";
/** Photos that are looked at again: how many would be worth it, `stale`, and what goes on, `[{number, state, total, …}]`. */
export const reanalyses = () => ask(renewals);
export const reanalyse = () => ask(renewals, posted(JSON.stringify({ only: "stale" })));
export const stopReanalysis = (number) => ask(`${renewals}/${number}`, { method: "DELETE" });

export const readiness = () => ask("/readyz", { cache: "no-store" });

/** The queue and the first of its jobs: `{paused, waiting, background, running, failed, jobs}`. */
export const jobs = (limit) => ask(`/api/v1/jobs?limit=${limit}`);
/** `pause`, `resume`, or `retry?all=true`, which looks again at all photos that failed. */
export const direct = (deed) => ask(`/api/v1/jobs/${deed}`, { method: "POST" });

/** What is still to be told, what was given up first: `{waiting, undeliverable, deliveries}`. */
export const outbox = (limit) => ask(`/api/v1/outbox?limit=${limit}`, { cache: "no-store" });
/** Has a delivery tried again at once, or without a key all that were given up. */
export const redeliver = (key) => ask(`/api/v1/outbox/${key ? `${key}/` : ""}retry`, { method: "POST" });
export const discard = (key) => ask(`/api/v1/outbox/${key}`, { method: "DELETE" });

/** The longest side of a thumbnail is 256 pixels, made while the photo is looked at, or 1440, made when first asked. */
export const thumbnail = (photo, size = 256) => `${photos}/${photo.id}/thumbnail?size=${size}`;
export const original = (photo) => `${photos}/${photo.id}/original`;

/** Sends a file; `progress` hears of the part that has gone, 0…1. The answer, `{photo, isNew}`, comes once the photo is
    looked at or `wait` seconds are over; to wait at all is to go before others. */
export function upload(file, key, { wait, progress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    const parameters = new URLSearchParams({ key, ...(wait && { wait }), ...limits });
    request.open("POST", `/api/v1/buckets/incoming/photos?${parameters}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => progress(event.loaded / (event.total || 1));
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Away());
    request.onload = () => {
      const { status, response } = request;
      if (status >= 200 && status < 300 && response) resolve({ photo: response, isNew: status !== 200 });
      else reject(new Problem(status, response, request.getResponseHeader("Retry-After")));
    };
    request.send(file);
  });
}
