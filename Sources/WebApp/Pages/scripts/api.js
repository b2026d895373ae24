// What the server is asked, and how its answers and refusals come back.

const photos = "/api/v1/photos";
/** Labels that a search finds are shown, if only as “perhaps”: else nobody knows why a photo was found. */
const limits = { minConfidence: 50, maxLabels: 40 };

/** The server refused, with its own sentence for a person. */
export class Problem extends Error {
  constructor(status, document) {
    super(document?.detail ?? `The server answered with status ${status}.`);
    this.status = status;
    this.code = document?.code ?? "";
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
export function list({ query = "", cursor, limit = 60 }, signal) {
  const parameters = new URLSearchParams({ limit, ...limits });
  if (query) parameters.set("q", query);
  if (cursor) parameters.set("cursor", cursor);
  return ask(`${photos}?${parameters}`, { signal });
}

export const photo = (id) => ask(`${photos}/${id}?${new URLSearchParams(limits)}`);
export const remove = (id) => ask(`${photos}/${id}`, { method: "DELETE" });
export const labels = async () => (await ask("/api/v1/labels")).labels;
export const readiness = () => ask("/readyz", { cache: "no-store" });

/** The longest side of a thumbnail is 256 pixels, made while the photo is looked at, or 1440, made when first asked. */
export const thumbnail = (photo, size = 256) => `${photos}/${photo.id}/thumbnail?size=${size}`;
export const original = (photo) => `${photos}/${photo.id}/original`;

/** Sends a file; `progress` hears of the part that has gone, 0…1. Answers `{photo, isNew}`. */
export function upload(file, key, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.open("POST", `/api/v1/buckets/incoming/photos?${new URLSearchParams({ key, wait: 30, ...limits })}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => progress(event.loaded / (event.total || 1));
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Away());
    request.onload = () => {
      const { status, response } = request;
      if (status >= 200 && status < 300 && response) resolve({ photo: response, isNew: status !== 200 });
      else reject(new Problem(status, response));
    };
    request.send(file);
  });
}
