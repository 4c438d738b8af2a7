/* The desk's own script: small comforts. Everything works without it. */
"use strict";

// "/" goes to the search box, Escape closes an open menu; both stay out of the way while typing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.drop[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
});

// A click beside an open menu closes it.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// dir="auto" puts the caret of an empty field where English begins; ours begin where the page does.
function markBlank(field) {
  if (field.dir === "auto") field.classList.toggle("blank", !field.value);
}
function markBlanks() {
  document.querySelectorAll("input[dir=auto], textarea[dir=auto]").forEach(markBlank);
}
document.addEventListener("input", (event) => markBlank(event.target));
document.addEventListener("htmx:afterSettle", markBlanks);
markBlanks();

// A refusal (403, 409, 422) carries a fragment that says why: show it instead of dropping it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([403, 404, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// ── The article: text and list in step ────────────────────────────────────────────────────────

const wide = window.matchMedia("(min-width: 68.01rem)");

function select(number, { scrollList = false, scrollText = false } = {}) {
  for (const on of document.querySelectorAll(".body mark.on, .side li.on")) on.classList.remove("on", "grip");
  if (!number) return;
  const marks = [...document.querySelectorAll(`.body mark[data-n="${number}"]`)];
  for (const mark of marks) mark.classList.add("on");
  marks.at(-1)?.classList.add("grip");
  const entry = document.getElementById(`l${number}`)?.closest("li");
  entry?.classList.add("on");
  if (scrollList) follow(entry);
  if (scrollText) marks[0]?.scrollIntoView({ block: "center", behavior: "auto" });
}

// Moves the list by itself, never the page.
function follow(entry) {
  const list = document.getElementById("claims");
  if (!entry || !list || !wide.matches) return;
  const offset = entry.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop += offset - 8;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".body a.no, .gut a[data-n], .side .num a");
  if (link) {
    const number = link.hash.slice(2);
    const inList = Boolean(link.closest(".side"));
    if (wide.matches || inList) event.preventDefault();
    select(number, { scrollList: !inList, scrollText: inList });
    return;
  }
  const mark = event.target.closest(".body mark[data-n]");
  if (mark && !String(window.getSelection())) select(mark.dataset.n, { scrollList: true });
});

// The list shows the claims of the paragraph that is being read.
let waiting = false;
document.addEventListener("scroll", () => {
  if (waiting || !wide.matches || !document.getElementById("claims")) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    const line = window.innerHeight * 0.25;
    for (const sign of document.querySelectorAll(".gut a[data-n]")) {
      if (sign.getBoundingClientRect().top < line) continue;
      follow(document.getElementById(`l${sign.dataset.n}`)?.closest("li"));
      return;
    }
  });
}, { passive: true });

// How many are ticked stands on the button.
document.addEventListener("change", (event) => {
  if (event.target.getAttribute("form") !== "several") return;
  const ticked = document.querySelectorAll('[form="several"]:checked').length;
  const shown = document.querySelector("[data-ticked]");
  if (shown) shown.textContent = ticked ? new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-EG" : "en").format(ticked) : "";
});

// After a swap the focus goes to where the work was, and the list stays where it stood.
let listTop = 0;
let acted = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  listTop = document.getElementById("claims")?.scrollTop ?? 0;
  acted = event.detail.elt.closest("li[id]")?.id ?? "";
});
document.addEventListener("htmx:afterSettle", () => {
  const list = document.getElementById("claims");
  if (list) list.scrollTop = listTop;
  if (acted) document.getElementById(acted)?.focus({ preventScroll: true });
  acted = "";
});
