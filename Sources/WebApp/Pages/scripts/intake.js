// The three ways to bring photos in: drop, paste, choose.

import { find } from "./dom.js";

const zone = find("#drop");
const chooser = find("#files");

/** Calls `add` with the files of each drop, paste or choice, as `{file, name}`. */
export function listen(add) {
  const take = (files) => {
    const named = [...files].map((file) => ({ file, name: file.name }));
    if (named.length > 0) add(named);
  };

  document.addEventListener("click", (event) => { if (event.target.closest("[data-choose]")) chooser.click(); });
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });

  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    // A picture from the clipboard is always called image.png.
    add(files.map((file) => ({ file, name: file.name === "image.png" ? "pasted.png" : file.name })));
  });

  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    zone.hidden = false;
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.hidden = true; });
  document.addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    zone.hidden = true;
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    if (entries.some((entry) => entry.isDirectory)) take(await filesBelow(entries));
    else take(event.dataTransfer.files);
  });
}

/** All files in dropped folders, but none that are hidden. */
async function filesBelow(entries) {
  const files = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isFile) files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    else files.push(...await filesBelow(await contents(entry.createReader())));
  }
  return files;
}

/** A reader hands out a folder in portions, the last of them empty. */
async function contents(reader) {
  const all = [];
  for (;;) {
    const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
