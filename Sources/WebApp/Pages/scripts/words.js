// How things are said to people.

const numbers = new Intl.NumberFormat();

/** “1 photo”, “1,204 photos”. */
export const counted = (count, one, many = `${one}s`) => `${numbers.format(count)} ${count === 1 ? one : many}`;

/** 1234 → “1,234”. */
export const number = (count) => numbers.format(count);

/** 1,234,567 → “1.2 MB”. */
export function size(bytes) {
  const units = ["bytes", "kB", "MB", "GB"];
  let step = 0;
  while (bytes >= 999.5 && step < units.length - 1) {
    bytes /= 1000;
    step += 1;
  }
  return `${bytes < 9.95 && step > 0 ? bytes.toFixed(1) : Math.round(bytes)} ${units[step]}`;
}

/** 45 → “45 s”, 200 → “3 min”, 7500 → “2 h 5 min”. */
export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** “4032 × 3024 · 12.2 megapixels”. */
export function dimensions(width, height) {
  const megapixels = (width * height) / 1e6;
  return `${width} × ${height} · ${megapixels.toFixed(megapixels < 9.95 ? 1 : 0)} megapixels`;
}

/** A moment in this browser's time, or a local time as it was at the place (without an offset, so never shifted). */
export const moment = (text) =>
  new Date(text.replace(" ", "T")).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The last part of a key, which is the name that the file had. */
export const name = (photo) => photo.key.split("/").pop() || photo.key;

/** “93 %”. */
export const percent = (confidence) => `${Math.min(99, Math.round(confidence))}\u202f%`;

/** “needs 2 more photos”. */
export const needed = ({ needed }) => `needs ${counted(needed, "more photo")}`;

/** The search for exactly one label. */
export const labelQuery = (label) => `label:${/[\s"]/.test(label) ? `"${label.replaceAll('"', "")}"` : label}`;

/** Whether a label is simply said; else only “perhaps”. The limit is the server's own standard for showing. */
export const isSure = (label) => label.confidence >= 75;

/** A photo's labels by what they tell: the particular, what those are kinds of (nearest first), the unsure. */
export function telling(photo) {
  const labels = photo.analysis?.labels ?? [];
  const certain = labels.filter(isSure);
  const unsure = labels.filter((label) => !isSure(label));
  const isKind = (label) => certain.some(({ parents }) => parents.includes(label.name));
  const particular = certain.filter((label) => !isKind(label));
  const lines = particular.flatMap((label) => label.parents);
  return {
    particular,
    general: certain.filter(isKind).sort((one, other) => lines.indexOf(one.name) - lines.indexOf(other.name)),
    perhaps: unsure.filter((label) => !unsure.some(({ parents }) => parents.includes(label.name))),
  };
}

/** “51.02500° N, 7.59194° E, 340 m”: five decimals are about a metre. */
export function coordinates({ latitude, longitude, altitude }) {
  const degrees = (value, [positive, negative]) => `${Math.abs(value).toFixed(5)}° ${value < 0 ? negative : positive}`;
  const height = altitude === undefined ? "" : `, ${numbers.format(Math.round(altitude))} m`;
  return `${degrees(latitude, "NS")}, ${degrees(longitude, "EW")}${height}`;
}

export const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What stands for a photo without labels: the beginning of what can be read in it, else how many faces it has. */
export function otherwise(photo) {
  const { text = [], faces = [] } = photo.analysis ?? {};
  const lines = text.filter(({ type }) => type === "line").map((line) => line.text);
  if (lines.length > 0) return `“${lines.join(" ").slice(0, 80)}”`;
  return faces.length > 0 ? counted(faces.length, "face") : "";
}

/** A photo for those who do not see it. */
export function description(photo) {
  const { particular, general } = telling(photo);
  const names = [...particular, ...general].slice(0, 3).map((label) => label.name);
  return names.length > 0 ? `Photo: ${names.join(", ")}` : `Photo: ${otherwise(photo) || name(photo)}`;
}

/** What each analysis looks for. */
export const subjects = { labels: "Labels", faces: "Faces", people: "People", moderation: "Sensitive content", text: "Text" };

/** Analyses of a photo that were asked for and not made: `{kind, state, text}`. */
export function troubles(photo) {
  const states = photo.analysis?.states ?? {};
  return Object.entries(subjects).flatMap(([kind, subject]) => {
    switch (states[kind]) {
      case "unavailable":
        return [{ kind, state: states[kind], text: `${subject}: no model was installed when this photo came in.` }];
      case "failed": return [{ kind, state: states[kind], text: `${subject}: looking for this failed.` }];
      default: return [];
    }
  });
}

/** What is said of a photo that waits before the server has said why. */
export const waiting = "Waiting to be looked at…";

/** Why there is nothing to show; empty when there is something, or when its absence is said elsewhere. */
export function silence(photo) {
  if (photo.status === "failed") return photo.error?.message ?? "The photo could not be looked at.";
  if (photo.status !== "analysed" || photo.analysis.labels.length > 0) return "";
  if (otherwise(photo) || troubles(photo).length > 0) return "";
  if (photo.analysis.states?.labels === "off") return "Labels are not looked for in this bucket.";
  return "Nothing in it was recognised with enough certainty.";
}
