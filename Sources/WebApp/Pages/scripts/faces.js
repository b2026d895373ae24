// The faces in a photo, in words.

import * as api from "./api.js";
import { isErased } from "./buckets.js";
import { draw, make } from "./dom.js";
import { folded } from "./folded.js";

/** Below this an answer is not given: 0…100. */
const limit = 70;
const expressions = {
  happy: "happy", sad: "sad", angry: "angry", fear: "afraid", disgusted: "disgusted", surprised: "surprised",
};

/** A row for each face: what it looks like, and what is said of it. */
export function faces(photo) {
  return folded(photo.analysis.faces.map((face, index) => make("li", {},
    make("button", { type: "button", "data-mark": `face ${index}`, "aria-pressed": "false" },
      isErased(photo) ? null : crop(face, photo), make("span", {}, make("b", {}, who(face)), traits(face).map((trait) => ` · ${trait}`))))),
    { className: "faces", most: 8, name: "faces" });
}

/** The face alone, as a window on the thumbnail. */
function crop({ box }, photo) {
  const { width, height } = photo;
  const side = Math.min(1.3 * Math.max(box.width * width, box.height * height), width, height);
  const within = (middle, whole) => Math.max(0, Math.min(middle - side / 2, whole - side));
  const left = within((box.left + box.width / 2) * width, width);
  const top = within((box.top + box.height / 2) * height, height);
  return draw("svg", { class: "crop", viewBox: `${left} ${top} ${side} ${side}`, "aria-hidden": "true" },
    draw("image", { href: api.thumbnail(photo, 1440), width, height, preserveAspectRatio: "none" }));
}

/** “Woman, 25–35”, as far as it is known. */
export function who({ gender, ageRange }) {
  const isChild = ageRange && ageRange.high < 16;
  const names = isChild ? { female: "Girl", male: "Boy" } : { female: "Woman", male: "Man" };
  const name = (gender?.confidence >= limit && names[gender.value]) || (isChild ? "Child" : "Person");
  return ageRange ? `${name}, ${ageRange.low}–${ageRange.high}` : name;
}

/** “smiling”, “eyes closed”, “looking left”: what stands out. */
export function traits({ smile, emotions, eyesOpen, pose }) {
  const [emotion] = emotions ?? [];
  const isSmiling = smile?.value && smile.confidence >= limit;
  return [
    isSmiling ? "smiling" : emotion?.confidence >= limit && expressions[emotion.type],
    eyesOpen?.value === false && eyesOpen.confidence >= limit && "eyes closed",
    pose && direction(pose),
  ].filter(Boolean);
}

/** Left and right as the viewer sees them. Small turns, in degrees, are how people look into a camera. */
function direction({ yaw, pitch }) {
  const across = Math.abs(yaw) < 20 ? "" : yaw > 0 ? "left" : "right";
  const along = Math.abs(pitch) < 18 ? "" : pitch > 0 ? "up" : "down";
  return across || along ? `looking ${[along, across].filter(Boolean).join(" and ")}` : "";
}
