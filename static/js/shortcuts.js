// "/" to the search field; keys named by data-key ("j", "k") press that link; menus close on
// Escape or a press elsewhere; the summary of errors takes the focus.
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeMenus(null, true);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-search], .filter-bar input[type=search], .filter-bar input[type=text]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
      return;
    }
    const link = /^[a-z?]$/.test(event.key) && document.querySelector(`a[data-key="${event.key}"], button[data-key="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu"), false));
  function closeMenus(kept, giveFocus) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu === kept) continue;
      menu.open = false;
      if (giveFocus) menu.querySelector("summary").focus();
    }
  }
  document.querySelector("[data-focus]")?.focus();
})();
