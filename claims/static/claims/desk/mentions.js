/* "@" in a comment offers the colleagues; arrows choose, Enter or Tab takes, Escape leaves. */
"use strict";

{
  let box = null;
  let field = null;
  let at = 0;

  function people() {
    return [...document.querySelectorAll("#colleagues > li")].map((one) => one.dataset);
  }
  function close() {
    box?.remove();
    box = null;
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
  }
  function mark(option) {
    for (const one of box.children) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function take(option) {
    const before = field.value.slice(0, at);
    const after = field.value.slice(field.selectionStart);
    const name = `@${option.dataset.name} `;
    field.value = before + name + after.trimStart();
    field.setSelectionRange(before.length + name.length, before.length + name.length);
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  function look(area) {
    const written = area.value.slice(0, area.selectionStart);
    const call = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}_.+-]*)$/u.exec(written);
    close();
    field = area;
    if (!call) return;
    const begun = call[1].toLowerCase();
    const fits = people().filter(
      (one) => one.name.toLowerCase().startsWith(begun) ||
        one.full.toLowerCase().split(/\s+/).some((word) => word.startsWith(begun)),
    );
    // A name that is written out needs no list over the button that sends it.
    if (!fits.length || (fits.length === 1 && fits[0].name.toLowerCase() === begun)) return;
    at = written.length - call[1].length - 1;
    box = document.createElement("ul");
    box.id = "at-list";
    box.className = "at-list";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "@");
    for (const one of fits.slice(0, 8)) {
      const option = document.createElement("li");
      option.id = `at-${box.children.length}`;
      option.setAttribute("role", "option");
      option.dataset.name = one.name;
      const full = document.createElement("bdi");
      full.textContent = one.full || one.name;
      const name = document.createElement("bdi");
      name.className = "dim";
      name.textContent = `@${one.name}`;
      option.append(full, " ", name);
      box.append(option);
    }
    area.after(box);
    area.setAttribute("aria-controls", box.id);
    mark(box.firstElementChild);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-mentions]") && event.isTrusted) look(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!box || event.target !== field) return;
    const now = box.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") mark(now.nextElementSibling ?? box.firstElementChild);
    else if (event.key === "ArrowUp") mark(now.previousElementSibling ?? box.lastElementChild);
    else if (event.key === "Enter" || event.key === "Tab") take(now);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("#at-list > li");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === field) close();
  });
}
