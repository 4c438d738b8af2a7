/* Selecting words in the article for the form that is open. Without it the words are typed. */
"use strict";

// A paragraph's place in the text stands on it in code points, and its DOM text is the article's
// own: the numbers before claims come from the style sheet. Line breaks between paragraphs are not
// in the page, so only the two ends count, each from the beginning of its own paragraph.
const points = (text) => [...text].length;

function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const parts = [];
  let start = -1;
  let end = -1;
  for (const line of document.querySelectorAll(".body .p[data-at]")) {
    const words = line.querySelector(":scope > p");
    if (!range.intersectsNode(words)) continue;
    const here = document.createRange();
    here.selectNodeContents(words);
    const before = here.cloneRange();
    if (range.compareBoundaryPoints(Range.START_TO_START, here) > 0) here.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, here) < 0) here.setEnd(range.endContainer, range.endOffset);
    const text = here.toString();
    if (!text) continue;
    before.setEnd(here.startContainer, here.startOffset);
    const at = Number(line.dataset.at) + points(before.toString());
    if (start < 0) start = at;
    end = at + points(text);
    parts.push(text);
  }
  return start < 0 ? null : { words: parts.join("\n"), start, end };
}

function put(form, place) {
  form.elements.words.value = place.words;
  form.elements.start.value = place.start;
  form.elements.end.value = place.end;
}
const formOfWords = () => document.getElementById("words")?.form ?? null;

document.addEventListener("selectionchange", () => {
  const place = selected();
  if (!place) return;
  const form = formOfWords();
  if (form) put(form, place);
});

// What is typed has no place: the server looks for it.
document.addEventListener("input", (event) => {
  if (event.target.id !== "words") return;
  event.target.form.elements.start.value = "";
  event.target.form.elements.end.value = "";
});

// Another party's words are to be marked anew.
document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (chosen.name === "position" && chosen.dataset.words !== undefined) {
    put(chosen.form, { words: chosen.dataset.words, start: chosen.dataset.start, end: chosen.dataset.end });
  }
});

// "Add" takes what was selected before the form was there; a pressed link must not undo it.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-add]") && selected()) event.preventDefault();
});
let adding = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  adding = event.detail.elt.hasAttribute("data-add") ? selected() : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const form = formOfWords();
  if (!form) return;
  if (adding) put(form, adding);
  adding = null;
});
