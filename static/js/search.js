// The search of the top bar: what is found appears while one types (htmx brings it), arrow keys go
// through it, Enter opens the chosen line, Escape closes the list and then gives the field up.
// Without this file the form simply leads to its page.
(() => {
  const form = document.querySelector("[data-top-search]");
  if (!form) return;
  const field = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function open(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(null);
  }
  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }
  function step(by) {
    const all = options();
    if (!all.length) return;
    if (list.hidden) open(true);
    const from = all.indexOf(chosen());
    choose(all[from < 0 ? (by > 0 ? 0 : all.length - 1) : (from + by + all.length) % all.length]);
  }

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Vietnamese keyboard is still putting a letter together
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden && chosen()) {
      event.preventDefault();
      location.assign(chosen().href);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) field.blur();
      open(false);
    }
  });
  field.addEventListener("input", () => { if (!field.value.trim()) open(false); });
  field.addEventListener("focus", () => { if (field.value.trim() && list.childElementCount) open(true); });
  list.addEventListener("htmx:afterSwap", () => { choose(null); open(Boolean(field.value.trim() && list.childElementCount)); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
})();
