// The drafting page: a row not yet saved may be closed; what htmx could not do is said.
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-close]");
    if (!link) return;
    event.preventDefault();
    link.closest(link.dataset.close).remove();
  });
  // An open row that was typed in is not left without a question.
  window.addEventListener("beforeunload", (event) => {
    const typed = [...document.querySelectorAll("form.activity-form")].some(
      (form) => !form.dataset.sent && [...form.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue));
    if (typed) event.preventDefault();
  });
  // The form that was opened takes the focus, after a refusal its first field in error, and
  // after saving the row it became.
  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest?.("tbody.activity");
    const form = row?.querySelector("form.activity-form") || document.querySelector("form.activity-form:has([aria-invalid='true'])") || newest();
    for (const wanted of ["[data-focus]", "[aria-invalid='true']", "textarea"]) {
      const field = form?.querySelector(wanted);
      if (field) return field.focus();
    }
    row?.querySelector("a[hx-get]")?.focus();
  });
  function newest() {
    return [...document.querySelectorAll("form.activity-form")].find((form) => !form.dataset.seen && (form.dataset.seen = "1"));
  }
  // Signed in again on another page: the token of this page is old, the cookie's is not.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];
    if (!token) return;
    event.detail.headers["x-csrftoken"] = token;
    event.detail.parameters.delete("csrfmiddlewaretoken");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401 || status === 403) return tell(event, "Phiên làm việc đã hết hoặc ông/bà không còn quyền sửa. Nội dung gõ vẫn còn trên trang; mời đăng nhập lại ở trang mới rồi bấm lại.");
    if (status === 409) return tell(event, "Bản soạn vừa thay đổi nên chưa lưu được. Nội dung gõ vẫn còn; mời chép lại rồi tải lại trang.");
    tell(event, "Cổng chưa ghi nhận được. Nội dung gõ vẫn còn trên trang; mời bấm lại sau ít phút.");
  });
  document.addEventListener("htmx:sendError", (event) => tell(event, "Mất kết nối, chưa lưu được. Nội dung gõ vẫn còn trên trang; mời bấm lại khi có mạng."));

  function tell(event, words) {
    const near = event.target.closest("td, section") || document.querySelector("main");
    near.querySelector("[data-trouble]")?.remove();
    const note = document.createElement("p");
    note.className = "notice tone-red";
    note.dataset.trouble = "";
    note.setAttribute("role", "alert");
    note.textContent = words;
    near.prepend(note);
  }
})();
