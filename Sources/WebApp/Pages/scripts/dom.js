// Building elements. Text always goes in as text: a photo's name can never become markup.

/** The element that a selector names. */
export const find = (selector, within = document) => within.querySelector(selector);

/** An element with properties (`class`, `data-…`, `aria-…`, `on…`, else DOM properties) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name === "class" ? "class" : name, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

/** An SVG element with attributes and children. */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}

/** A sentence of the server's, in which a command stands between backticks. */
export const sentence = (text) =>
  text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part)).filter((part) => part !== "");

/** One of the page's symbols. */
export const symbol = (name, className = "icon") =>
  draw("svg", { class: className, "aria-hidden": "true" }, draw("use", { href: `#${name}` }));
