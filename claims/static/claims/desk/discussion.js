/* Comments: on words that are selected, and back to them. Everything else works without. */
"use strict";

// Texts that can be commented on: [data-anchor] on the page, and the draft's text areas.
const AREAS = "#verdict textarea[name=summary], #verdict textarea[name=explanation]";
const points = (text) => [...text].length;

// The text as it is kept, node by node: a citation shows other figures than it is written with.
function pieces(root) {
  const found = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const here = node.parentElement.closest("p, [data-anchor]");
    if (block && here !== block && text && !text.endsWith("\n")) text += "\n";
    block = here;
    const raw = node.parentElement.closest("[data-raw]")?.dataset.raw;
    found.push({ node, start: text.length, raw });
    text += raw ?? node.data;
  }
  return { found, text };
}

function offset({ found, text }, node, at, end) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[at];
    const piece = next && found.find((one) => next === one.node || next.contains?.(one.node));
    if (piece) return piece.start;
    const last = found.filter((one) => node.contains(one.node)).at(-1);
    return last ? last.start + (last.raw ?? last.node.data).length : end ? text.length : 0;
  }
  const piece = found.find((one) => one.node === node);
  if (!piece) return end ? text.length : 0;
  if (piece.raw) return piece.start + (end && at > 0 ? piece.raw.length : 0);
  return piece.start + at;
}

// The words that are selected now: {field, quote, start} with start in code points, or null.
function chosen() {
  const area = document.activeElement;
  if (area?.matches(AREAS)) {
    const quote = area.value.slice(area.selectionStart, area.selectionEnd);
    if (!quote.trim()) return null;
    return { field: area.name, quote, start: points(area.value.slice(0, area.selectionStart)) };
  }
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const holder = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  const root = holder(range.startContainer).closest("[data-anchor]");
  if (!root || !root.contains(range.endContainer)) return null;
  const kept = pieces(root);
  const from = offset(kept, range.startContainer, range.startOffset, false);
  const to = offset(kept, range.endContainer, range.endOffset, true);
  const quote = kept.text.slice(from, to);
  if (!quote.trim()) return null;
  return { field: root.dataset.anchor, quote, start: points(kept.text.slice(0, from)) };
}

let words = null;
function offer() {
  const button = document.getElementById("on-words");
  if (!button) return;
  words = chosen();
  button.hidden = !words;
}
document.addEventListener("selectionchange", offer);
document.addEventListener("select", offer, true);

function about(form, anchor) {
  const label = form.querySelector("[data-label-statement]").dataset;
  const name = { statement: label.labelStatement, summary: label.labelSummary, explanation: label.labelExplanation };
  form.elements.field.value = anchor?.field ?? "";
  form.elements.quote.value = anchor?.quote ?? "";
  form.elements.start.value = anchor?.start ?? "";
  form.querySelector("[data-chip-field]").textContent = anchor ? name[anchor.field] : "";
  form.querySelector("[data-chip-quote]").textContent = anchor?.quote ?? "";
  form.querySelector("[data-chip]").hidden = !anchor;
}

function commentOnWords() {
  words = chosen() ?? words;
  const form = document.getElementById("comment-form");
  if (!words || !form) return;
  about(form, words);
  document.getElementById("on-words").hidden = true;
  form.scrollIntoView({ block: "center" });
  form.elements.text.focus();
}
// A press must not take the selection away before the click has read it.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("#on-words")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("#on-words")) commentOnWords();
  if (event.target.closest("[data-chip-clear]")) {
    const form = event.target.closest("form");
    about(form, null);
    form.elements.text.focus();
  }
  const back = event.target.closest("[data-to-words]");
  if (back) show(back.closest("[data-at]"));
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.altKey && event.code === "KeyM" && chosen()) {
    event.preventDefault();
    commentOnWords();
  }
});

// Where a quote stands in a text, the place nearest to a number of code points.
function find(text, quote, near) {
  const escaped = quote.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const hits = [...text.matchAll(new RegExp(escaped.join("\\s+"), "gu"))];
  const far = (hit) => Math.abs(points(text.slice(0, hit.index)) - near);
  return hits.sort((one, other) => far(one) - far(other))[0];
}

function rangeOf(thread) {
  const root = document.querySelector(`[data-anchor="${CSS.escape(thread.dataset.at)}"]`);
  if (!root) return null;
  const kept = pieces(root);
  const hit = find(kept.text, thread.dataset.quote, Number(thread.dataset.start));
  if (!hit) return null;
  const range = new Range();
  const end = hit.index + hit[0].length;
  const first = kept.found.filter((one) => one.start <= hit.index).at(-1);
  const last = kept.found.filter((one) => one.start < end).at(-1);
  range.setStart(first.node, first.raw ? 0 : Math.min(hit.index - first.start, first.node.length));
  range.setEnd(last.node, last.raw ? last.node.length : Math.min(end - last.start, last.node.length));
  return range;
}

function show(thread) {
  const area = [...document.querySelectorAll(AREAS)].find((one) => one.name === thread.dataset.at);
  const hit = area && find(area.value, thread.dataset.quote, Number(thread.dataset.start));
  if (hit) {
    area.focus();
    area.setSelectionRange(hit.index, hit.index + hit[0].length);
    area.scrollIntoView({ block: "center" });
    return;
  }
  const range = rangeOf(thread);
  if (!range) return;
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  if (window.CSS?.highlights) CSS.highlights.set("words-now", new Highlight(range));
}

// Words that an open comment is about are underlined where they stand.
function underline() {
  if (!window.CSS?.highlights) return;
  const ranges = [...document.querySelectorAll("#comments [data-at]")].map(rangeOf).filter(Boolean);
  CSS.highlights.set("commented", new Highlight(...ranges));
}

let sent = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  sent = event.detail.elt.id === "comment-form";
});
document.addEventListener("htmx:afterSettle", () => {
  underline();
  if (sent) document.getElementById("comment-text")?.focus({ preventScroll: true });
  sent = false;
});
underline();
