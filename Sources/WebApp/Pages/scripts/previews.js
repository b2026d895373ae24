// The browser's own pictures of photos that were added here and have no thumbnail yet.

const urls = new Map();

/** The preview of a photo, if there is one. */
export const preview = (photo) => urls.get(photo.id);

/** Keeps the preview of a photo that waits. */
export const keep = (photo, url) => urls.set(photo.id, url);

/** Lets the preview's memory go, when the server's thumbnail has had time to take its place. */
export function release(id, url = urls.get(id)) {
  urls.delete(id);
  if (url) setTimeout(() => URL.revokeObjectURL(url), 5000);
}
