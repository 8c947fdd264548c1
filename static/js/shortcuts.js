// "/" to the search field; keys named by data-key ("j", "k") press that link; menus close on
// Escape or a press elsewhere; the summary of errors takes the focus; in a row too long for the
// screen the current one is in view. What the browser itself
// refuses is said in Vietnamese, whatever language the browser speaks.
(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeMenus(null, true);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const fields = [...document.querySelectorAll("[data-search], .filter-bar input[type=search], .filter-bar input[type=text]")];
      const field = fields.find((one) => one.checkVisibility?.() ?? true) || document.querySelector(".top-search-link");
      if (!field) return;
      event.preventDefault();
      if (field.matches("a")) return field.click();
      field.focus();
      field.select();
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
  document.addEventListener("invalid", (event) => event.target.setCustomValidity(refusal(event.target)), true);
  for (const name of ["input", "change"]) {
    document.addEventListener(name, (event) => event.target.setCustomValidity?.(""), true);
  }
  function refusal(field) {
    if (field.validity.typeMismatch && field.type === "email") return "Địa chỉ thư điện tử chưa đúng dạng, ví dụ ten@tayninh.gov.vn.";
    if (!field.validity.valueMissing) return field.validationMessage;
    if (field.type === "file") return "Mời chọn tệp.";
    return field.matches("select, [type=radio], [type=checkbox]") ? "Mời chọn ở đây." : "Mời điền ô này.";
  }
  document.querySelector("[data-focus]")?.focus();
  for (const here of document.querySelectorAll(".parts [aria-current], .ledger-counts [aria-current]")) {
    const row = here.parentElement;
    row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - 24;
  }
})();
