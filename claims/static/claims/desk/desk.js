/* The desk's own script: small comforts. Everything works without it. */
"use strict";

// The key as it is drawn in the help. On an Arabic keyboard it is the one in the same place.
function keyOf(event) {
  if (/^[\x20-\x7e]$/.test(event.key) || event.key.length > 1) return event.key;
  if (event.key === "؟") return "?";
  if (event.code === "Slash") return "/";
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
}

// "/" goes to the page's own search box, else to the desk's; Escape closes an open menu; both stay out of the way while typing.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.drop[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]")) return;
  const named = `[data-key="${CSS.escape(keyOf(event))}"]`;
  const target = document.querySelector(`main ${named}`) ?? document.querySelector(named);
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

// What was typed and not saved: the page asks before it goes, unless the words are kept (keep.js).
{
  const typed = (form) =>
    new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const before = new WeakMap();
  let leaving = null;
  const guarded = () => document.querySelectorAll("form[data-guard], .change-form #content-main > form");
  function remember() {
    for (const form of guarded()) if (!before.has(form)) before.set(form, String(typed(form)));
  }
  function unsaved(form) {
    if (form === leaving) return false;
    if (typeof Keep !== "undefined" && Keep.safe(form)) return false;
    if (form.hasAttribute("data-unsaved")) return true;
    // Moves made elsewhere on the page renew these; nobody typed them.
    const bare = (text) => String(text).replace(/(^|&)(moves|csrfmiddlewaretoken)=[^&]*/g, "");
    return bare(typed(form)) !== bare(before.get(form) ?? typed(form));
  }
  document.addEventListener("submit", (event) => {
    leaving = event.target;
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-discard]");
    if (link) leaving = link.closest("form");
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...guarded()].some(unsaved)) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", () => {
    leaving = null;
  });
  document.addEventListener("htmx:afterSettle", remember);
  remember();
}
