// Whether a wide table goes on to the side: its first column throws a shadow while it does, and
// the hint above it is taken away where everything fits.
(() => {
  const tables = document.querySelectorAll(".table-wide");
  const look = () => {
    for (const table of tables) {
      const isWide = table.scrollWidth > table.clientWidth + 1;
      table.classList.toggle("is-over", isWide && table.scrollLeft > 0);
      const hint = table.previousElementSibling;
      if (hint?.matches(".wide-hint")) hint.classList.toggle("fits", !isWide);
    }
  };
  for (const table of tables) table.addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  look();
})();
