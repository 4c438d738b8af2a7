// Writes the reason into the public page as it is typed: a correction's note, a tombstone's words.
"use strict";

const frame = document.querySelector("iframe[data-note]");
const reason = document.getElementById("reason");

function show() {
  const page = frame.contentDocument;
  const words = reason.value.trim();
  if (!page || !words) return;
  const places = page.querySelectorAll(".tomb .what, .notice .what, #history li:first-child div > p");
  for (const place of places) place.textContent = words;
}

if (frame && reason) {
  reason.addEventListener("input", show);
  frame.addEventListener("load", show);
  for (const kind of document.querySelectorAll("input[name=kind]")) {
    kind.addEventListener("change", () => {
      frame.src = `${frame.src.split("?")[0]}?kind=${encodeURIComponent(kind.value)}#note`;
    });
  }
}
