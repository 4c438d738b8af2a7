/* What is typed into a form is kept on the desk every few seconds, for whoever types it alone, until
   they save it (together_actions.keep). Without this script the page asks before it is left. */
"use strict";

const Keep = (() => {
  const words = document.getElementById("together").dataset;
  const aloud = document.getElementById("together-aloud");
  // This page's own name among the windows of one person, and its count of sendings.
  const name = crypto.getRandomValues(new Uint32Array(3)).join("-");
  const PAUSE = 1500;
  const AGAIN = 5000;
  const UNKEPT = new Set(["csrfmiddlewaretoken", "revision", "moves", "version", "then"]);
  const held = new Map(); // form → what is known of it
  let turn = 0;
  let token = "";

  function entries(form) {
    const found = new URLSearchParams();
    for (const field of form.elements) {
      if (!field.name || UNKEPT.has(field.name) || field.type === "submit" || field.type === "button") continue;
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
      found.append(field.name, field.value);
    }
    return found;
  }

  function say(text) {
    if (aloud.textContent !== text) aloud.textContent = text;
  }

  // `state`: kept, waiting, offline, broken, out, another, refused or "" (nothing typed).
  function show(form, state, filled = {}) {
    const known = held.get(form);
    const line = form.querySelector("[data-keeping]");
    if (!line) return;
    const text = filled.said ?? (words[state] ?? "").replace("{time}", filled.time ?? "");
    const before = known.state;
    known.state = state;
    line.hidden = !state;
    line.classList.toggle("warnc", !["", "kept", "waiting"].includes(state));
    line.replaceChildren(document.createTextNode(text));
    if (state === "out") {
      const link = document.createElement("a");
      link.href = words.login;
      link.target = "_blank";
      link.textContent = words.outLink;
      line.append(" ", link);
    }
    // Said once for each turn of things, not for every sending.
    if (state !== before && state !== "waiting" && state && !(state === "kept" && before === "waiting" && known.said)) {
      say(state === "kept" ? words.keptAloud : text);
      known.said = state === "kept";
    }
  }

  function take(form) {
    if (held.has(form)) return;
    const known = { state: "", timer: 0, busy: false, kept: null, over: form.dataset.over ?? "", said: false };
    known.first = String(entries(form));
    // A working copy that the page brought along is kept already.
    if (form.querySelector("[data-typed]")) known.kept = known.first;
    held.set(form, known);
    for (const button of form.querySelectorAll("[data-go-on], [data-merge]")) button.hidden = false;
    if (form.hasAttribute("data-unsaved")) soon(form, 0);
  }

  function soon(form, wait = PAUSE) {
    const known = held.get(form);
    clearTimeout(known.timer);
    known.timer = setTimeout(() => send(form), wait);
  }

  const changed = (form, known) => {
    const now = String(entries(form));
    return now !== known.kept && (known.kept !== null || now !== known.first || form.hasAttribute("data-unsaved"));
  };

  function body(form, known) {
    const found = entries(form);
    found.set("_base", form.dataset.base);
    found.set("_window", name);
    found.set("_turn", String((turn += 1)));
    found.set("_over", known.over);
    found.set("csrfmiddlewaretoken", token || form.querySelector("[name=csrfmiddlewaretoken]").value);
    return found;
  }

  async function send(form) {
    const known = held.get(form);
    if (!form.isConnected) return held.delete(form);
    if (known.busy) return;
    if (known.closed || !changed(form, known)) return known.state === "waiting" && show(form, "");
    const what = String(entries(form));
    known.busy = true;
    let answer = null;
    try {
      answer = await fetch(form.dataset.keepTo, { method: "POST", body: body(form, known), redirect: "manual", headers: { Accept: "application/json" } });
    } catch {
      known.busy = false;
      if (known.closed) return;
      show(form, "offline");
      return soon(form, AGAIN);
    }
    known.busy = false;
    if (known.closed) return;
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.ok && json) {
      const told = await answer.json();
      known.kept = what;
      known.over = name;
      if (told.kept) show(form, "kept", { time: told.saved });
      else show(form, "");
      if (changed(form, known)) soon(form);
      return;
    }
    if (answer.status >= 500 || answer.status === 429) {
      show(form, "broken");
      return soon(form, AGAIN);
    }
    if (json) {
      // What cannot be kept is said in the desk's own words; the page then asks before it is left.
      const told = await answer.json();
      return show(form, "refused", { said: told.said });
    }
    await signIn(form);
  }

  // The form's token is of a session that is over: is there a new one, and whose?
  async function signIn(form) {
    try {
      const answer = await fetch(words.who, { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const told = await answer.json();
        if (String(told.person) !== words.person) return show(form, "another");
        token = told.token;
        for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
        return soon(form, 0);
      }
    } catch {
      show(form, "offline");
      return soon(form, AGAIN);
    }
    show(form, "out");
    soon(form, AGAIN * 2);
  }

  // Whatever has not been sent yet goes out now; it arrives although the page may be gone.
  function flush() {
    for (const [form, known] of held) {
      clearTimeout(known.timer);
      if (!form.isConnected || known.closed || !changed(form, known)) continue;
      const what = String(entries(form));
      if (what.length > 60000) continue; // more, a leaving page may not send
      fetch(form.dataset.keepTo, { method: "POST", body: body(form, known), keepalive: true, redirect: "manual", headers: { Accept: "application/json" } })
        .then((answer) => {
          if (!answer.ok) return soon(form);
          known.kept = what;
          known.over = name;
        })
        .catch(() => soon(form, AGAIN));
    }
  }

  function takeAll() {
    document.querySelectorAll("form[data-keep]").forEach(take);
  }

  for (const event of ["input", "change"]) {
    document.addEventListener(event, (happened) => {
      const form = happened.target.form;
      if (!form || !held.has(form)) return;
      const known = held.get(form);
      if (!changed(form, known)) return known.state === "waiting" && show(form, known.kept === null ? "" : "kept");
      if (!["offline", "broken", "out", "another"].includes(known.state)) show(form, "waiting");
      if (known.state !== "another") soon(form);
    });
  }
  document.addEventListener("submit", (event) => {
    const known = held.get(event.target);
    if (!known) return;
    known.closed = true; // what is under way to be saved is not kept any more
    clearTimeout(known.timer);
    // A refusal by the browser, or a request that never arrives, leaves the form where it is.
    setTimeout(() => (known.closed = false), 8000);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return flush();
    for (const [form, known] of held) if (["offline", "broken", "out"].includes(known.state)) soon(form, 0);
  });
  window.addEventListener("focus", () => {
    for (const [form, known] of held) if (known.state === "out") soon(form, 0);
  });
  window.addEventListener("pagehide", flush);
  window.addEventListener("online", () => held.forEach((_known, form) => soon(form, 0)));
  document.addEventListener("htmx:afterSettle", takeAll);

  document.addEventListener("click", (event) => {
    const on = event.target.closest("[data-go-on]");
    if (on) {
      const form = on.form;
      on.closest("[data-typed]").remove();
      form.querySelector("textarea:not([hidden]), input:not([type=hidden], [type=radio])")?.focus();
      return;
    }
    const put = event.target.closest("[data-put]");
    if (!put) return;
    const { merge, theirs, mine } = put.parentElement.dataset;
    const field = put.form.elements[merge];
    const joined = [theirs, mine].filter(Boolean).join(field.tagName === "TEXTAREA" ? "\n\n" : " · ");
    field.value = { theirs, mine, both: joined }[put.dataset.put];
    for (const one of put.parentElement.querySelectorAll("[data-put]")) one.setAttribute("aria-pressed", String(one === put));
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  takeAll();

  return {
    // Whether leaving the page loses nothing of this form.
    safe: (form) => held.has(form) && !changed(form, held.get(form)) && held.get(form).kept !== null,
    typedIn: (form) => held.has(form) && String(entries(form)) !== held.get(form).first,
    flush,
    say,
    words,
    token: () => token || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "",
  };
})();
