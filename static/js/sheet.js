// The sheet is worked by keyboard: Enter and the arrows up and down go to the same answer of the
// criterion below or above. Saving is htmx's: a cell sends itself when it has changed.
(() => {
  const table = document.querySelector("table[data-sheet]");
  if (!table) return;
  const FIELDS = ".sheet-cell input[type=text]:not([name=reason]), .sheet-cell select";
  document.documentElement.classList.add("is-live");

  table.addEventListener("keydown", (event) => {
    const field = event.target.closest(FIELDS);
    if (!field || event.altKey || event.ctrlKey || event.metaKey) return;
    const isSelect = field.tagName === "SELECT";
    const down = event.key === "Enter" ? !event.shiftKey : event.key === "ArrowDown" && !isSelect;
    const up = event.key === "Enter" ? event.shiftKey : event.key === "ArrowUp" && !isSelect;
    if (!down && !up) return;
    event.preventDefault();
    const fields = [...table.querySelectorAll(FIELDS)];
    const next = fields[fields.indexOf(field) + (down ? 1 : -1)];
    if (next) { next.focus(); if (next.select) next.select(); } else field.blur();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const state = event.target.querySelector?.(".sheet-state");
    if (state) state.textContent = "Đang lưu…";
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches?.(".is-below") && event.detail.xhr.status === 200) event.target.classList.remove("is-below");
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      const state = event.target.querySelector?.(".sheet-state");
      if (state) { state.className = "sheet-state scale-fault"; state.textContent = "Chưa lưu được. Nội dung còn trong ô; mời thử lại."; }
    });
  }
})();
