/* The queue worked by keys, and what is ticked in it. Everything works without. */
"use strict";

const form = document.getElementById("several");
const rows = () => [...document.querySelectorAll("[data-claim]")].filter((row) => row.offsetParent);
const boxes = () => [...document.querySelectorAll('.box[form="several"]')];
const every = document.getElementById("every");

// ── Where one is ──────────────────────────────────────────────────────────────────────────────

function current() {
  return document.activeElement?.closest("[data-claim]") ?? document.querySelector("[data-claim].cur");
}

function mark(row) {
  for (const other of document.querySelectorAll("[data-claim].cur")) other.classList.remove("cur");
  row?.classList.add("cur");
  if (form && row) form.elements.at.value = row.dataset.claim;
}
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-claim]");
  if (row) mark(row);
});

function go(row) {
  const link = row.querySelector("a.st");
  mark(row);
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  say("at", { n: inFigures.format(rows().indexOf(row) + 1), claim: link.textContent.trim() });
}

function step(by) {
  const all = rows();
  const here = all.indexOf(current());
  const to = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  if (all[to]) return go(all[to]);
  const link = document.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`);
  if (link) location.assign(`${link.href}#${by > 0 ? "first" : "last"}`);
  else say(by > 0 ? "last" : "first");
}

// ── What is ticked ────────────────────────────────────────────────────────────────────────────

function count() {
  const ticked = boxes().filter((box) => box.checked).length;
  for (const shown of document.querySelectorAll("[data-ticked]")) shown.textContent = inFigures.format(ticked);
  form?.classList.toggle("with", ticked > 0);
  if (every) {
    every.checked = ticked > 0 && ticked === boxes().length;
    every.indeterminate = ticked > 0 && !every.checked;
  }
}
document.addEventListener("change", (event) => {
  if (event.target === every) for (const box of boxes()) box.checked = every.checked;
  if (event.target === every || event.target.matches(".box")) count();
});
form?.addEventListener("reset", () => setTimeout(count));

function tick() {
  const box = current()?.querySelector(".box");
  if (!box) return say(current() ? "closed" : "none");
  box.click();
  say(box.checked ? "ticked" : "unticked");
}

// With nothing ticked a key is meant for the claim one is at.
function chosen() {
  if (!form) return void say("closed");
  if (boxes().some((box) => box.checked)) return true;
  const box = current()?.querySelector(".box");
  if (!box) return void say("none");
  box.checked = true;
  count();
  return true;
}

function accept() {
  if (chosen()) form.querySelector("[data-do=accept]").click();
}

function open(name) {
  if (!chosen()) return;
  const menu = form.querySelector(`[data-menu=${name}]`);
  menu.open = true;
  menu.querySelector(".drop-in").querySelector("button, select, input").focus();
}

function undo() {
  const button = document.querySelector("[data-do=undo]");
  if (button) button.click();
  else say("nothing");
}

// Escape closes a menu first (desk.js); with none open it unticks.
let menuWasOpen = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") menuWasOpen = Boolean(document.querySelector("details.drop[open]"));
}, true);
function leave() {
  if (menuWasOpen) return;
  form?.reset();
  document.activeElement?.blur();
  mark(null);
}

// In an open menu the arrows go from one to the next; Enter in one of its fields is its own button.
form?.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".drop-in");
  if (!menu) return;
  if (event.key === "Enter" && event.target.matches("input, select")) {
    event.preventDefault();
    menu.querySelector("button[name=act]").click();
  }
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = [...menu.querySelectorAll("button.drop-b")];
  if (!by || !all.includes(event.target)) return;
  event.preventDefault();
  all[(all.indexOf(event.target) + by + all.length) % all.length].focus();
});

workByKeys({
  j: () => step(1),
  k: () => step(-1),
  x: tick,
  a: accept,
  d: () => open("dismiss"),
  g: () => open("assign"),
  u: undo,
  Escape: leave,
  "?": showKeys,
});

if (every) every.hidden = false;
count();
const at = document.getElementById(location.hash.slice(1))?.closest("[data-claim]");
if (at) go(at);
if (location.hash === "#first" && rows().length) go(rows()[0]);
if (location.hash === "#last" && rows().length) go(rows().at(-1));
// Last, so that what came of it is not talked over.
const told = document.querySelector("[data-told]");
if (told) say(told.textContent.trim());
