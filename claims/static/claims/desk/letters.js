/* The contact log and shared pages: a sentence into the explanation, copying, moves that are ours. */
"use strict";

// What was noted here moved the claim on; the page's other forms must not take that for somebody else.
document.addEventListener("claim-moved", (event) => {
  const { before, after } = event.detail;
  for (const field of document.querySelectorAll("input[name=moves]")) {
    if (field.value === String(before)) field.value = after;
  }
});

function readyToInsert() {
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = !document.getElementById(button.dataset.into);
  }
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const area = document.getElementById(button.dataset.into);
  if (!area) return;
  // At the caret where somebody has put it, else at the end.
  const at = area.selectionStart === 0 ? area.value.length : area.selectionStart;
  const before = area.value.slice(0, at);
  const gap = before && !/\s$/.test(before) ? " " : "";
  area.setRangeText(gap + button.dataset.insert, at, at, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
  area.scrollIntoView({ block: "center" });
  const told = button.closest("article").querySelector("[data-inserted]");
  if (told) told.textContent = button.dataset.done;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
});

document.addEventListener("htmx:afterSettle", () => {
  readyToInsert();
  const form = document.getElementById("contact-form");
  if (form && !form.contains(document.activeElement)) {
    form.querySelector("[role=alert], input:not([type=hidden]), select, textarea")?.focus();
  }
});
readyToInsert();
