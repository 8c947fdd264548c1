// A part that asks again by itself (data-poll) rests while nobody looks, and while it is in use.
(() => {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.target;
    if (!(part instanceof Element) || !part.hasAttribute("data-poll")) return;
    if (document.hidden || part.contains(document.activeElement) || part.querySelector("details[open]")) event.preventDefault();
  });
})();
