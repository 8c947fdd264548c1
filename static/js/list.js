// A tick above the ticks: all rows of the page at once. Without script each is ticked by itself,
// and "all rows as filtered" is a field of the form.
(() => {
  const head = document.querySelector("#list-table thead .tick");
  if (!head) return;
  const rows = () => [...document.querySelectorAll('#list-table input[name="chon"]')];
  const all = document.createElement("input");
  Object.assign(all, { type: "checkbox", className: "form-check-input" });
  all.setAttribute("aria-label", "Chọn mọi dòng của trang");
  all.addEventListener("change", () => { for (const row of rows()) row.checked = all.checked; tell(); });
  head.replaceChildren(all);
  function tell() {
    const ticked = rows().filter((row) => row.checked).length;
    all.checked = ticked > 0 && ticked === rows().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  document.addEventListener("change", (event) => { if (event.target.name === "chon") tell(); });
})();
