// The table of figures of a report: a number typed is an answer, “không áp dụng” empties the
// cell, a column copied in Excel fills the cells below, and the sums are those of the server.
(() => {
  const form = document.querySelector("form[data-figures]");
  if (!form) return;
  const row = (element) => element.closest("tr");
  const input = (tr) => tr.querySelector("[data-figure]");
  const answer = (tr) => tr.querySelector("[data-answer]");

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-figure]")) told(event.target);
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-answer]")) return;
    const cell = input(row(event.target));
    if (event.target.value === "not_applicable") cell.value = "";
    if (event.target.value === "value") cell.focus();
    mark(row(event.target));
  });

  function told(cell) {
    const choice = answer(row(cell));
    if (choice) choice.value = cell.value.trim() ? "value" : "unanswered";
    mark(row(cell));
  }

  function mark(tr) {
    tr.classList.toggle("is-unanswered", answer(tr)?.value === "unanswered");
  }

  // Enter goes to the cell below, as in a sheet; it does not send the form.
  form.addEventListener("keydown", (event) => {
    const cells = [...form.querySelectorAll("[data-figure]")];
    const place = cells.indexOf(event.target);
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (place < 0 || !step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = cells[place + step];
    next?.focus();
    next?.select();
  });

  // One column fills the unit's own figures from here down; two columns go by the code.
  form.addEventListener("paste", (event) => {
    if (!event.target.matches("[data-figure]")) return;
    const lines = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    if (lines.length < 2 && !lines[0].includes("\t")) return;
    event.preventDefault();
    const own = [...form.querySelectorAll("[data-figure][data-own]")];
    const byCode = new Map(own.map((cell) => [cell.dataset.code, cell]));
    const start = Math.max(0, own.indexOf(event.target));
    let filled = 0;
    lines.forEach((line, place) => {
      const parts = line.split("\t").map((part) => part.trim());
      const code = parts.find((part) => byCode.has(part));
      const cell = code ? byCode.get(code) : own[start + place];
      const value = parts[parts.length - 1];
      if (!cell || value === "" || value === code) return;
      cell.value = value;
      told(cell);
      filled += 1;
    });
    say(`Đã dán ${filled} ô. Cổng đang kiểm tra và lưu.`);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.addEventListener("autosave:saved", (event) => {
    for (const [code, sums] of Object.entries(event.detail.sums || {})) {
      for (const [name, text] of Object.entries(sums)) {
        const cell = form.querySelector(`[data-sum="${name}"][data-of="${code}"]`);
        if (cell) cell.textContent = text;
      }
    }
    const left = document.querySelector("[data-blocking]");
    if (left) {
      left.hidden = !event.detail.blocking;
      left.firstChild.textContent = event.detail.blocking;
    }
  });

  function say(words) {
    const state = form.querySelector("[data-paste-state]");
    if (state) state.textContent = words;
  }
})();
