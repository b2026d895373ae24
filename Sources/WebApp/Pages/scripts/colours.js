// What a photo looks like as a whole: its colours, and how well it can be seen.

import { make } from "./dom.js";

/** A swatch for each of the colours, the largest first, with its name and its share. */
export const colours = ({ dominantColors }) => make("ul", { class: "colours" },
  dominantColors.map(({ hexCode, cssColor, pixelPercent }) => make("li", { title: hexCode },
    make("i", { style: `background: ${hexCode}`, "aria-hidden": "true" }),
    cssColor, make("small", {}, ` ${Math.round(pixelPercent)}\u202f%`))));

/** Brightness, sharpness and contrast as rows of a list of facts. */
export const qualities = (properties) => Object.entries(names)
  .map(([name, term]) => [term, properties && `${Math.round(properties.quality[name])} of 100`]);

const names = { brightness: "Brightness", sharpness: "Sharpness", contrast: "Contrast" };
