// A form is sent once: after the first press its buttons rest until the answer comes.
// The server holds the rule (form_key); this only spares people the second press.
(() => {
  const resting = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    // Signed in again on another page: the token of this page is old, the cookie's is not.
    if ("freshToken" in form.dataset) {
      const token = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];
      if (token) form.elements.csrfmiddlewaretoken.value = token;
    }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    resting.add(form);
    // After the browser has read which button was pressed.
    setTimeout(() => rest(form, true));
  });
  function rest(form, on) {
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      if (on) { button.setAttribute("aria-disabled", "true"); button.disabled = true; }
      else { button.removeAttribute("aria-disabled"); button.disabled = false; }
    }
  }
  function wake() {
    for (const form of resting) { delete form.dataset.sent; rest(form, false); }
    resting.clear();
  }
  // Back button, and answers that htmx put in place.
  window.addEventListener("pageshow", wake);
  document.addEventListener("htmx:afterRequest", wake);
})();
