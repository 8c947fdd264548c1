// The confirm screen by keyboard: the row in focus lights its lines in the document; j and k go on,
// Enter keeps, x drops or takes back, e edits, g merges, u and d move, n finds the next unseen one.
(() => {
  const list = () => [...document.querySelectorAll(".proposal")];
  const paper = document.querySelector(".reading-document");
  const acts = { g: ["gop"], u: ["len"], d: ["xuong"], x: ["bo", "lay-lai"] };
  let wanted = ""; // the row last in focus
  let goal = ""; // the row to go to once what was pressed is done; htmx gives the old one the focus back

  const current = () => document.activeElement?.closest?.(".proposal") || document.getElementById(wanted);

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".proposal");
    if (!row) return;
    wanted = row.id;
    light(row);
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".proposal");
    if (row && !event.target.closest("a, button, summary")) row.focus({ preventScroll: true });
    const line = event.target.closest(".reading-line");
    if (line) go(rowOf(Number(line.id.slice(1))));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const row = current();
    if (event.key === "j") return turn(event, beside(row, 1));
    if (event.key === "k") return turn(event, beside(row, -1));
    if (event.key === "n") return turn(event, unseen(row));
    if (!row) return;
    if (event.key === "Enter" && event.target === row) {
      event.preventDefault();
      if (row.dataset.state === "kept") return go(beside(row, 1));
      goal = beside(row, 1)?.id || row.id;
      return press(row, ["giu"]);
    }
    if (event.key === "e") return row.querySelector(".proposal-acts a")?.click();
    if (acts[event.key]) {
      event.preventDefault();
      goal = (event.key === "g" && beside(row, -1)?.id) || row.id;
      press(row, acts[event.key]);
    }
  });
  // Where rows were put anew, the one that was meant takes the focus again.
  document.addEventListener("htmx:afterSettle", () => {
    if (goal) go(document.getElementById(goal));
    else if (!document.activeElement?.closest(".proposal")) go(document.getElementById(wanted));
    goal = "";
  });
  document.addEventListener("htmx:responseError", () => location.reload());

  function turn(event, row) {
    event.preventDefault();
    go(row);
  }
  function beside(row, step) {
    const rows = list();
    return rows[row ? rows.indexOf(row) + step : 0];
  }
  function unseen(row) {
    const rows = list();
    const after = rows.slice(rows.indexOf(row) + 1);
    return [...after, ...rows].find((one) => one.dataset.state === "proposed");
  }
  function rowOf(number) {
    return list().findLast((row) => Number(row.dataset.first) <= number && number <= Number(row.dataset.last));
  }
  function press(row, values) {
    for (const value of values) {
      const button = row.querySelector(`button[value="${value}"]`);
      if (button) return button.click();
    }
  }
  function go(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function light(row) {
    for (const line of paper.querySelectorAll(".is-lit")) line.classList.remove("is-lit");
    const first = Number(row.dataset.first), last = Number(row.dataset.last);
    let top = null;
    for (let number = first; number <= last && first; number += 1) {
      const line = document.getElementById(`d${number}`);
      line?.classList.add("is-lit");
      top = top || line;
    }
    if (top) paper.scrollTop += top.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
  }
})();
