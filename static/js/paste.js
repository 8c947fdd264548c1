// Rows copied in Excel and pasted into the table become rows of the table. For
//   <div data-paste-url="…" data-paste-target="#activities"> … </div>
// the text goes as `rows`; the HTML answer (200, or 422 with what was not understood) takes the
// target's place. A paste of a single cell is left to the browser.
(() => {
  const cookieToken = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];

  document.addEventListener("paste", (event) => {
    const box = event.target.closest?.("[data-paste-url]");
    const text = event.clipboardData.getData("text/plain");
    if (!box || !text.includes("\t") || event.target.matches("textarea[data-paste-plain]")) return;
    event.preventDefault();
    send(box, text);
  });

  async function send(box, text) {
    const target = document.querySelector(box.dataset.pasteTarget);
    const body = new URLSearchParams({ rows: text, form_key: key() });
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(box.dataset.pasteUrl, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "X-CSRFToken": cookieToken() || document.querySelector("[name=csrfmiddlewaretoken]").value },
      });
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) window.location.assign(elsewhere);
      else if (answer.ok || answer.status === 422) swap(target, await answer.text());
      else say(target, answer.status === 401 ? "Phiên làm việc đã hết. Mời đăng nhập lại ở trang mới rồi dán lại." : "Cổng chưa nhận được các dòng vừa dán. Mời thử lại.");
    } catch {
      say(target, "Mất kết nối. Các dòng vừa dán chưa được nhận; mời dán lại.");
    } finally {
      target.removeAttribute("aria-busy");
    }
  }

  function swap(target, html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    const fresh = [...made.content.children];
    target.replaceWith(...fresh);
    for (const element of fresh) window.htmx?.process(element);
    fresh[0]?.querySelector("[data-focus]")?.focus();
  }

  function say(target, words) {
    const note = document.createElement("p");
    note.className = "notice tone-red";
    note.setAttribute("role", "alert");
    note.textContent = words;
    target.before(note);
  }

  // Where the page is not served over https the browser has no randomUUID.
  function key() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
})();
