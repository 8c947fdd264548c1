// Live sums of the scale while points are typed; the server counts again when the form is sent.
// Sums are made of whole hundredths, so that 0,1 + 0,2 is 0,3.
(() => {
  const form = document.querySelector("form[data-scale]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tr[data-code]")];
  const total = form.elements.total;
  const says = form.querySelector("[data-total-says]"), sum = form.querySelector("[data-total]");

  // NaN where nothing sure can be said: “1.000” may be one or a thousand.
  function hundredths(text) {
    const typed = text.trim().replace(/\s/g, "");
    if (typed === "") return 0;
    const found = typed.match(/^(\d+)(?:[.,](\d{1,2}))?$/);
    return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : NaN;
  }

  function words(value) {
    if (Number.isNaN(value)) return "?";
    return (value / 100).toLocaleString("vi-VN", { maximumFractionDigits: 2 });
  }

  const points = (row) => hundredths(row.querySelector(".scale-points input").value);
  const below = (code) => rows.filter((row) => row.dataset.parent === code).reduce((all, row) => all + points(row), 0);

  function say(place, text, isWrong) {
    place.textContent = "";
    const span = document.createElement("span");
    if (isWrong) span.className = "scale-fault";
    span.textContent = text;
    place.append(span);
  }

  function count() {
    for (const row of rows) {
      if (!("group" in row.dataset) || row.dataset.section !== "content") continue;
      const inside = below(row.dataset.code), own = points(row);
      const short = own - inside;
      const hint = short > 0 ? ` (thiếu ${words(short)})` : ` (thừa ${words(-short)})`;
      say(row.querySelector("[data-sum]"), words(inside) + (short ? hint : ""), short !== 0);
    }
    if (!sum) return;
    const all = rows.filter((row) => !row.dataset.parent && row.dataset.section === "content").reduce((made, row) => made + points(row), 0);
    const wanted = hundredths(total.value);
    sum.textContent = words(all);
    const fits = all === wanted;
    say(says, fits ? "Khớp với tổng điểm của thang." : `Tổng điểm của thang là ${words(wanted)}.`, !fits);
  }

  form.addEventListener("input", count);
  count();
})();
