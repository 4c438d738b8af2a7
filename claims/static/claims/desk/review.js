/* The review page: evidence lights up where it is cited, and sending back begins in its field.
   Everything works without. */
"use strict";

// claim.js lights the evidence that a citation names; here the other way round.
function lightCitations(event, on) {
  const number = event.target.closest?.("[data-back]");
  if (!number) return;
  const name = number.closest(".ev").id;
  for (const cite of document.querySelectorAll(`[data-cite="${CSS.escape(name)}"]`)) {
    cite.classList.toggle("hot", on);
  }
}
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => lightCitations(event, on));
}

function goBack() {
  if (location.hash === "#back") document.getElementById("back-reason")?.focus();
}
window.addEventListener("hashchange", goBack);
// Following the same link once more changes no address.
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href="#back"]')) setTimeout(goBack);
});
goBack();
