/* The article's page: text and list in step, and what is pressed there. Everything works without. */
"use strict";

const wide = window.matchMedia("(min-width: 68.01rem)");
const entries = () => [...document.querySelectorAll("#claims > li[id]")];
const numbersOf = (entry) => [...entry.querySelectorAll(".cl[data-n]")].map((part) => part.dataset.n);

// ── Text and list in step ─────────────────────────────────────────────────────────────────────

function select(number, { scrollList = false, scrollText = false } = {}) {
  for (const on of document.querySelectorAll(".body mark.on, .side li.on")) on.classList.remove("on", "grip");
  const entry = number ? document.querySelector(`.cl[data-n="${number}"]`)?.closest("li") : null;
  const marks = number ? [...document.querySelectorAll(`.body mark[data-n="${number}"]`)] : [];
  for (const mark of marks) mark.classList.add("on");
  marks.at(-1)?.classList.add("grip");
  entry?.classList.add("on");
  if (scrollList || scrollText) quiet();
  if (scrollList) follow(entry);
  if (scrollText) marks[0]?.scrollIntoView({ block: "center", behavior: "auto" });
  light();
}

// Moves the list by itself, never the page.
function follow(entry) {
  const list = document.getElementById("claims");
  if (!entry || !list || !wide.matches) return;
  const offset = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop += offset - 8;
}

// Who says it and by which word: of the claim under the pointer, else of the one that has the
// focus, else of the selected one.
function light(target = null) {
  const pointed = target?.closest?.(".body mark[data-n], #claims > li");
  const entry = pointed?.matches("li") ? pointed : current();
  const numbers = new Set(pointed?.dataset.n ? [pointed.dataset.n] : entry ? numbersOf(entry) : []);
  for (const words of document.querySelectorAll(".body [data-of]")) {
    words.classList.toggle("of", words.dataset.of.split(" ").some((number) => numbers.has(number)));
  }
}
for (const name of ["mouseover", "focusin", "focusout"]) {
  document.addEventListener(name, (event) => light(name === "focusout" ? null : event.target));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".body a.no, .gut a[data-n], .side .num a");
  if (link) {
    if (!link.getAttribute("href").startsWith("#")) return; // in another part of the article
    const inList = Boolean(link.closest(".side"));
    if (wide.matches || inList) event.preventDefault();
    select(link.hash.slice(2), { scrollList: !inList, scrollText: inList });
    return;
  }
  const mark = event.target.closest(".body mark[data-n]");
  if (mark && !String(window.getSelection())) select(mark.dataset.n, { scrollList: true });
});

// Moves made by a key or by this script scroll too; the other side must not answer them.
let quietUntil = 0;
const quiet = () => (quietUntil = performance.now() + 600);
// The list stays where it is while somebody works in it: their pointer is over it, or they type there.
function inHand() {
  const list = document.getElementById("claims");
  return performance.now() < quietUntil || list?.matches(":hover") || list?.querySelector(":is(input:not([type=checkbox]), textarea, select):focus, .correct, details.dismiss[open]");
}

// The text shows the claim at the head of the list that is being scrolled.
document.addEventListener("scroll", (event) => {
  const list = event.target;
  if (list.id !== "claims" || !wide.matches || performance.now() < quietUntil || !list.matches(":hover")) return;
  const top = list.getBoundingClientRect().top;
  const entry = entries().find((one) => one.getBoundingClientRect().bottom > top + 24);
  const mark = entry && document.querySelector(`.body mark[data-n="${numbersOf(entry)[0]}"]`);
  if (!mark) return;
  const at = mark.getBoundingClientRect().top;
  // What can be seen already is left where it is.
  if (at > 80 && at < window.innerHeight * 0.6) return;
  window.scrollBy({ top: at - window.innerHeight * 0.25, behavior: "auto" });
}, { passive: true, capture: true });

// The list shows the claims of the paragraph that is being read.
let waiting = false;
document.addEventListener("scroll", () => {
  if (waiting || !wide.matches || !document.getElementById("claims")) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (inHand()) return;
    const line = window.innerHeight * 0.25;
    for (const sign of document.querySelectorAll(".gut a[data-n]")) {
      if (sign.getBoundingClientRect().top < line) continue;
      follow(document.querySelector(`.cl[data-n="${sign.dataset.n}"]`)?.closest("li"));
      return;
    }
  });
}, { passive: true });

// How many are ticked stands on the button.
document.addEventListener("change", (event) => {
  if (event.target.getAttribute("form") !== "several") return;
  const ticked = document.querySelectorAll('[form="several"]:checked').length;
  const shown = document.querySelector("[data-ticked]");
  if (shown) shown.textContent = ticked ? inFigures.format(ticked) : "";
});

// ── After a swap: the focus is where the work was ─────────────────────────────────────────────

let listTop = 0;
let acted = "";
let next = "";
let then = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  listTop = document.getElementById("claims")?.scrollTop ?? 0;
  const entry = event.detail.elt.closest("#claims > li[id]");
  const undone = event.detail.elt.closest("#toast")?.querySelector("[name=undo]").value.split(".")[0];
  acted = undone ? `claim-${undone}` : (entry?.id ?? "");
  next = (entry?.nextElementSibling ?? entry?.previousElementSibling)?.id ?? "";
});
document.addEventListener("htmx:afterSettle", () => {
  const list = document.getElementById("claims");
  if (list) list.scrollTop = listTop;
  // What was decided on may have left the list.
  const entry = document.getElementById(acted) ?? document.getElementById(next);
  if (entry) {
    const number = numbersOf(entry)[0];
    select(number, { scrollList: entry.id !== acted });
    entry.focus({ preventScroll: true });
  }
  acted = next = "";
  const told = document.querySelector("#messages .note p, #sheet [role=alert] p");
  const toast = document.getElementById("toast");
  if (told) say(`${told.textContent.trim()} ${toast?.dataset.say ?? ""}`.trim());
  const act = then;
  then = null;
  if (act) act();
});
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, () => {
    then = null;
  });
}

// A link to a claim that stands in another part.
function lead() {
  const claim = /^#claim-(\d+)$/.exec(location.hash);
  if (!claim) return;
  const entry = document.getElementById(location.hash.slice(1));
  const asked = new URLSearchParams(location.search).get("claim");
  if (!entry && asked !== claim[1]) location.replace(`?claim=${claim[1]}${location.hash}`);
  else if (entry) select(numbersOf(entry)[0], { scrollList: true });
}

// ── Keys ──────────────────────────────────────────────────────────────────────────────────────

function current() {
  return document.activeElement?.closest("#claims > li[id]") ?? document.querySelector("#claims > li.on");
}

function go(entry) {
  const number = numbersOf(entry)[0];
  select(number, { scrollList: true, scrollText: wide.matches });
  entry.focus({ preventScroll: wide.matches });
  if (!wide.matches) entry.scrollIntoView({ block: "nearest" });
  say("at", { n: inFigures.format(number), claim: entry.querySelector(".st").textContent.trim() });
}

function step(by) {
  const all = entries();
  const here = all.indexOf(current());
  const to = here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by;
  if (all[to]) return go(all[to]);
  const link = document.querySelector(`nav.parts a[rel=${by > 0 ? "next" : "prev"}]`);
  if (link) location.assign(`${link.href}#${by > 0 ? "first" : "last"}`);
  else say(by > 0 ? "last" : "first");
}

// Presses what the entry offers under that name; says so where it offers nothing.
function press(name) {
  const entry = current();
  if (!entry) return say("none");
  const control = entry.querySelector(`[data-do="${name}"]`);
  if (!control) return say("closed");
  control.click();
}

// Opens the correcting forms of the current claim, if they are not open, and goes on in them.
function correct(act) {
  const entry = current();
  if (!entry) return say("none");
  if (entry.querySelector(".correct")) return act();
  const link = entry.querySelector("[data-do=correct]");
  if (!link) return say("closed");
  then = act;
  link.click();
}

// The place in the text of the caret, or of where a selection begins.
function caret() {
  const place = selected();
  if (place) return place.start;
  const { anchorNode, anchorOffset } = window.getSelection();
  const line = (anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode)?.closest?.(".body .p[data-at]");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line.querySelector(":scope > p"), 0);
  before.setEnd(anchorNode, anchorOffset);
  return Number(line.dataset.at) + points(before.toString());
}

function dismiss() {
  const fold = current()?.querySelector("details.dismiss");
  if (!fold) return say(current() ? "closed" : "none");
  fold.open = true;
  fold.querySelector("select").focus();
}

function merge() {
  const entry = current();
  const ticked = [...document.querySelectorAll('[form="several"]:checked')]
    .map((box) => box.closest("li"))
    .filter((other) => other !== entry);
  const into = ticked.length === 1 ? ticked[0] : entry?.nextElementSibling;
  correct(() => {
    const choice = document.getElementById("into");
    if (!choice) return say("closed");
    const option = [...choice.options].find((one) => `claim-${one.value}` === into?.id);
    if (!option) return choice.focus();
    option.selected = true;
    choice.form.querySelector("button").focus();
    say("merging", { claim: option.textContent.trim() });
  });
}

function split() {
  const at = caret();
  correct(() => {
    const words = [...document.querySelectorAll(".cut input")];
    const word = (at !== null && words.findLast((one) => Number(one.value) <= at)) || words[0];
    if (!word) return say("closed");
    word.checked = true;
    word.focus();
    say("cutting", { word: word.parentElement.textContent.trim() });
  });
}

function respan() {
  const place = selected();
  correct(() => {
    const form = formOfWords();
    if (!place) {
      form.elements.words.focus();
      return say("select");
    }
    put(form, place);
    form.querySelector("button.main").focus();
    say("marking", { words: place.words });
  });
}

function add() {
  const link = document.querySelector("[data-add]");
  if (!link) return say("closed");
  const place = selected();
  then = () => {
    const form = formOfWords();
    (place ? form.elements.claimant : form.elements.words).focus();
    say(place ? "adding" : "select", { words: place?.words ?? "" });
  };
  link.click();
}

function tick() {
  const box = current()?.querySelector("input.box");
  if (!box) return say(current() ? "closed" : "none");
  box.click();
  say(box.checked ? "ticked" : "unticked");
}

function closeOpen() {
  const fold = document.activeElement?.closest("details.dismiss[open]");
  if (fold) {
    fold.open = false;
    return fold.closest("li").focus();
  }
  const link = document.querySelector("[data-close]");
  if (link) return link.click();
  window.getSelection().removeAllRanges();
  select(null);
}

workByKeys(
  {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("accept"),
    // What was just done may have left the list: it is undone first.
    u: () => {
      const last = document.querySelector("[data-undo-last]");
      if (last) last.click();
      else press("undo");
    },
    d: dismiss,
    m: merge,
    s: split,
    r: respan,
    n: add,
    x: tick,
    Escape: closeOpen,
    "?": showKeys,
  },
  (event, key) => {
    if (key === "Enter" && !then && event.target.matches("#claims > li")) {
      event.target.querySelector("a.st").click();
      return true;
    }
    if (!then) return false;
    event.preventDefault(); // a form is on its way; what is pressed is meant for it
    return true;
  },
);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) document.getElementById("toast").remove();
});

lead();
window.addEventListener("hashchange", lead);
if (location.hash === "#first" && entries().length) go(entries()[0]);
if (location.hash === "#last" && entries().length) go(entries().at(-1));
