// The grid of a block is worked by keyboard: arrows go from cell to cell, Enter opens the one
// beside the grid and, in its answer, saves and goes on to the criterion below; Escape leads back.
(() => {
  const grid = document.querySelector("table[data-grid]");
  const panel = document.getElementById("o-cham");
  if (!grid || !panel) return;
  document.documentElement.classList.add("is-live");
  let open = null; // the <td> whose cell is beside the grid
  let goesDown = false, isSending = false, hasChanged = false, skipsAnswer = false;
  panel.addEventListener("change", () => { hasChanged = true; });

  const cells = () => [...grid.querySelectorAll("[data-cell]")];
  const rest = (kept) => cells().forEach((cell) => { cell.tabIndex = cell === kept ? 0 : -1; });
  rest(cells()[0]);

  function beside(cell, across, down) {
    const td = cell.closest("td");
    let row = td.parentElement, place = td.cellIndex + across;
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      if (!row || place < 1) return null;
      const found = row.cells[place]?.querySelector("[data-cell]");
      if (found || (!down && !row.cells[place])) return found;
      if (!down) place += across;
    }
  }
  function go(cell) {
    if (!cell) return;
    rest(cell);
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    const move = MOVES[event.key];
    if (!cell || !move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(beside(cell, ...move));
  });
  grid.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (cell) rest(cell);
  });

  const currentCell = () => open?.isConnected ? open.querySelector("[data-cell]") : grid.querySelector(`[id="${open?.id}"] [data-cell]`);
  function mark(cell) {
    for (const old of grid.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    cell?.setAttribute("aria-current", "true");
  }
  function close() {
    panel.hidden = true;
    panel.replaceChildren();
    const cell = currentCell();
    mark(null);
    go(cell);
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (cell) { open = cell.closest("td"); isSending = false; mark(cell); return; }
    const state = event.target.querySelector?.(".sheet-state");
    isSending = Boolean(state);
    if (state) { state.className = "sheet-state"; state.textContent = "Đang lưu…"; }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target !== panel) return;
    panel.hidden = false;
    const field = panel.querySelector(".sheet-cell input[type=text], .sheet-cell select") ?? panel.querySelector("[data-close]");
    field?.focus();
    field?.select?.();
  });
  panel.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) close(); });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); close(); return; }
    const form = event.target.closest("form");
    if (event.key !== "Enter" || !form || event.target.matches("button, a")) return;
    event.preventDefault();
    goesDown = true;
    hasChanged = false;
    const wasSending = isSending;
    event.target.blur(); // what was changed is sent by leaving the field, after what is on its way
    skipsAnswer = hasChanged && wasSending;
    if (hasChanged || wasSending) return;
    if (form.matches(".is-below")) htmx.trigger(form, "submit"); // Enter alone agrees with the level below
    else goDown();
  });
  function goDown() {
    goesDown = false;
    const next = currentCell() && beside(currentCell(), 0, 1);
    if (next) { go(next); next.click(); } else close();
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!panel.contains(event.target) && event.detail.target?.id !== "o-cham") return;
    const isForm = event.target.matches?.(".sheet-cell");
    if (!isForm) return;
    isSending = false;
    if (skipsAnswer) { skipsAnswer = false; return; }
    if (event.detail.xhr.status !== 200) { goesDown = false; return; } // told beside the field
    event.target.classList.remove("is-below");
    mark(currentCell());
    if (goesDown) goDown();
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      const state = event.target.querySelector?.(".sheet-state");
      if (state) { state.className = "sheet-state scale-fault"; state.textContent = "Chưa lưu được. Nội dung còn trong ô; mời thử lại."; }
    });
  }
})();
