/* What the pages that are worked by keys share: what is said aloud, and which press counts as a key. */
"use strict";

const inFigures = new Intl.NumberFormat(
  document.documentElement.lang === "ar" ? "ar-u-nu-arab" : document.documentElement.lang,
);

// `what` names one of the sentences that stand, translated, on the live region.
function say(what, filled = {}) {
  const region = document.getElementById("live");
  let text = region.dataset[what] ?? what;
  for (const [name, value] of Object.entries(filled)) text = text.replace(`{${name}}`, value);
  region.textContent = text;
}

function showKeys() {
  document.getElementById("keys").showModal();
}

// `table`: key → what it does. `first`: asked before the table; true where it dealt with the press.
function workByKeys(table, first = () => false) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog")) return;
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
    const key = keyOf(event);
    if (typing && key !== "Escape") return;
    if (event.repeat && key !== "j" && key !== "k") return;
    if (first(event, key) || !Object.hasOwn(table, key)) return;
    if (key !== "Escape") event.preventDefault();
    table[key]();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) showKeys();
  });
}
