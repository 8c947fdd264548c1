// Light or dark as the system says. Loaded in <head> without `defer`, so nothing is painted twice.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const set = (theme) => document.documentElement.setAttribute("data-bs-theme", theme);
  const follow = () => set(dark.matches ? "dark" : "light");
  follow();
  dark.addEventListener("change", follow);
  // Paper is always light.
  window.addEventListener("beforeprint", () => set("light"));
  window.addEventListener("afterprint", follow);
})();
