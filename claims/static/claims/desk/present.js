/* That this page is open, and who else has it open (together_actions.present): every half minute while
   the page is seen, oftener while somebody else is there too. */
"use strict";

(() => {
  const { words } = Keep;
  const ALONE = 30000;
  const IN_COMPANY = 8000;
  let timer = 0;
  let writing = false;

  const room = () => document.getElementById("company");
  const form = () => document.querySelector("form[data-writes]");

  function put(id, parsed) {
    const now = document.getElementById(id);
    const then = parsed.getElementById(id);
    if (!now || !then) return;
    // A question that is being answered stays open under the hand.
    if (now.querySelector("details[open]") && then.querySelector("[data-held-note]")) return;
    if (now.outerHTML !== then.outerHTML) now.replaceWith(then);
  }

  // The form is somebody else's turn, or ours again.
  function turn() {
    const { writer, taken, revision } = room().dataset;
    const mine = form();
    const turns = mine?.querySelector("[data-turn]");
    // What they had typed stands here already: there is nothing to open.
    if (taken && !writer && !turns?.disabled) document.getElementById("held")?.replaceChildren();
    if (!turns) return;
    const typed = Keep.typedIn(mine);
    if (taken && writer && !turns.disabled) {
      Keep.flush();
      turns.disabled = true;
      Keep.say(words.taken);
    } else if (writer && !typed) {
      turns.disabled = true;
    } else if (!writer && !taken && turns.disabled) {
      renew();
      return;
    }
    if (Number(revision) > Number(mine.querySelector("[name=revision]").value)) {
      if (!typed) renew();
      else if (!document.getElementById("held").childElementCount) {
        const note = document.createElement("p");
        note.className = "small warnc";
        note.textContent = words.moved;
        document.getElementById("held").replaceChildren(note);
        Keep.say(words.moved);
      }
    }
  }

  // The verdict as it is saved now, with whatever was typed and kept.
  function renew() {
    window.htmx.ajax("GET", words.page, { target: "#verdict", select: "#verdict", swap: "outerHTML show:none" });
  }

  async function beat() {
    clearTimeout(timer);
    if (document.visibilityState === "hidden" || !words.present) return;
    try {
      const answer = await fetch(words.present, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ writing: writing ? "1" : "0", csrfmiddlewaretoken: Keep.token() }),
      });
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("text/html")) {
        const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
        put("company", parsed);
        put("held", parsed);
        if (room().dataset.taken) writing = false;
        turn();
      }
    } catch {
      // Out of reach: the form itself says so as soon as something is typed.
    }
    timer = setTimeout(beat, Number(room()?.dataset.others) ? IN_COMPANY : ALONE);
  }

  document.addEventListener("input", (event) => {
    const mine = form();
    if (!mine || event.target.form !== mine || writing) return;
    writing = true;
    beat();
  });
  document.addEventListener("visibilitychange", beat);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-renew]") || !window.htmx) return;
    event.preventDefault();
    document.getElementById("held").replaceChildren();
    renew();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt?.id === "verdict") writing = false;
  });
  window.addEventListener("pagehide", () => {
    if (!words.present) return;
    navigator.sendBeacon(words.present, new URLSearchParams({ leaving: "1", csrfmiddlewaretoken: Keep.token() }));
  });
  window.addEventListener("pageshow", (event) => event.persisted && beat());
  beat();
})();
