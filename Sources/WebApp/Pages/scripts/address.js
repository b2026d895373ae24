// The page's address is its state: `?q=` is the search, `?status=failed` the photos that could not be looked at,
// `#/photo/ID` the photo that is open, `#/labels` the labels that were taught. So Back, reload, bookmarks and shared links all do what one expects.

const listeners = new Set();

/** What the address says: `{query, status, photo, labels}`. */
export function read() {
  const parameters = new URLSearchParams(location.search);
  return {
    query: parameters.get("q") ?? "",
    status: parameters.get("status") === "failed" ? "failed" : "",
    photo: location.hash.match(/^#\/photo\/([0-9a-f-]+)$/)?.[1] ?? null,
    labels: location.hash === "#/labels",
  };
}

/** The address for a search, or for all photos, and perhaps an open photo or the taught labels. */
export function write({ query = "", status = "", photo = null, labels = false }) {
  const parameters = new URLSearchParams({ ...(query && { q: query }), ...(status && { status }) });
  return `/${parameters.size ? `?${parameters}` : ""}${photo ? `#/photo/${photo}` : labels ? "#/labels" : ""}`;
}

/** Goes to another state; `replace` keeps the history as long as it is. */
export function go(state, { replace = false } = {}) {
  const address = write({ ...read(), ...state });
  if (address === write(read())) return;
  if (replace) history.replaceState(history.state, "", address);
  else history.pushState({ inside: true }, "", address);
  tell();
}

/** Back to where a step inside this page came from; else to the given state. */
export function back(otherwise) {
  if (history.state?.inside) history.back();
  else go(otherwise, { replace: true });
}

/** Calls the listener with each new state. */
export const onChange = (listener) => listeners.add(listener);

function tell() {
  const state = read();
  for (const listener of listeners) listener(state);
}

addEventListener("popstate", tell);

// Links within the page change its state without loading it again.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/']");
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.target || link.pathname !== "/" || event.defaultPrevented) return;
  event.preventDefault();
  if (link.href === location.href) return;
  history.pushState({ inside: true }, "", link.href);
  tell();
});
