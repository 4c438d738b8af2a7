/* Help opens beside the page and gives the focus back when it is closed. */
"use strict";
{
  const box = document.getElementById("help-box");
  let opener = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === box) opener = event.detail.elt;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === box) box.focus();
  });
  function close() {
    box.replaceChildren();
    if (opener) opener.focus();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-close-help]");
    if (!link || !box) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box && box.contains(document.activeElement)) close();
  });
}
