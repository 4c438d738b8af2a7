/* The claim, review and publishing pages: counters, keys. Everything works without. */
"use strict";

const figures = new Intl.NumberFormat(
  document.documentElement.lang === "ar" ? "ar-u-nu-arab" : document.documentElement.lang,
  { useGrouping: false },
);

// Advice, not a limit: how long the statement is, in code points as ClaimReview's readers count.
function count(field) {
  const output = field.closest(".field").querySelector("output");
  if (!output) return;
  const length = [...field.value.trim()].length;
  output.textContent = output.dataset.text
    .replace("{n}", figures.format(length))
    .replace("75", figures.format(75));
  output.classList.toggle("warnc", length > Number(field.dataset.count));
}
function countAll() {
  document.querySelectorAll("[data-count]").forEach(count);
}
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-count]")) count(event.target);
});

document.addEventListener("htmx:afterSettle", countAll);

// Whoever opens the evidence form goes on in its first field; once it is saved, at "Add evidence".
let opened = false;
let added = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  opened = Boolean(event.detail.elt.closest('a[href$="#evidence-form"], form[data-use]'));
  added = event.detail.elt.id === "evidence-form";
});
document.addEventListener("htmx:afterSettle", () => {
  const form = document.getElementById("evidence-form");
  if (opened && form) form.querySelector("input:not([type=hidden])")?.focus();
  if (added && !form) document.querySelector('#evidence a[href$="?add#evidence-form"]')?.focus();
});

// A citation lights up the evidence it names.
function light(event, on) {
  const cite = event.target.closest?.("[data-cite]");
  if (cite) document.getElementById(cite.dataset.cite)?.classList.toggle("hot", on);
}
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => light(event, on));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.ask[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const key = keyOf(event);
  if (key === "?") {
    event.preventDefault();
    document.getElementById("keys")?.showModal();
    return;
  }
  const target = document.querySelector(`[data-press="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});

countAll();
