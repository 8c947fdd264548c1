// Drafts are kept while one types. For <form data-autosave-url="…"> with a hidden `revision` and,
// anywhere in it, [data-save-state]:
//   POST the fields; 200 {revision, saved_at}; 422 {errors: {field: [sentence]}};
//   409 {revision, saved_by, saved_at, values: {field: text}} when somebody else saved meanwhile.
// What the server answered to a save is told as `autosave:saved` with the answer as its detail.
// Anything else (session over, no network) is tried again; nothing typed is thrown away.
(() => {
  const PAUSE = 1500, EVERY = 20000, RETRY = 10000;
  const cookieToken = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];

  for (const form of document.querySelectorAll("form[data-autosave-url]")) watch(form);

  function watch(form) {
    const state = form.querySelector("[data-save-state]");
    let saved = read(form), timer = 0, busy = false, stopped = false, leaving = false;

    const dirty = () => !stopped && changed(saved, read(form)).length > 0;
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

    form.addEventListener("input", () => { if (dirty()) { say("typing", "Chưa lưu…"); later(PAUSE); } });
    form.addEventListener("focusout", () => { if (dirty()) later(200); });
    form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
    window.addEventListener("pageshow", () => { leaving = false; });
    setInterval(() => { if (dirty()) save(); }, EVERY);
    window.addEventListener("online", () => { if (dirty()) save(); });
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && dirty()) event.preventDefault();
    });

    async function save() {
      if (busy || stopped || leaving || !dirty()) return;
      busy = true;
      const sent = read(form);
      try {
        const answer = await fetch(form.dataset.autosaveUrl, {
          method: "POST",
          body: body(sent),
          headers: { Accept: "application/json", "X-CSRFToken": cookieToken() || sent.get("csrfmiddlewaretoken") },
        });
        await take(answer, sent);
      } catch {
        say("trouble", "Mất kết nối, chưa lưu được. Nội dung còn trên trang; Cổng sẽ tự lưu lại khi có mạng.");
        later(RETRY);
      } finally {
        busy = false;
      }
    }

    async function take(answer, sent) {
      if (answer.status === 401 || answer.status === 403) {
        say("trouble", "Phiên làm việc đã hết, chưa lưu được. ", "Đăng nhập lại (mở trang mới)");
        return later(RETRY);
      }
      const data = await answer.json();
      if (answer.ok) {
        setRevision(data.revision);
        saved = sent;
        mark({});
        say("saved", `Đã lưu ${data.saved_at}`);
        form.dispatchEvent(new CustomEvent("autosave:saved", { detail: data, bubbles: true }));
        if (dirty()) later(PAUSE);
      } else if (answer.status === 422) {
        mark(data.errors || {});
        say("trouble", "Chưa lưu: có ô chưa hợp lệ.");
      } else if (answer.status === 409 && data.values) {
        settle(data, sent);
      } else {
        stopped = answer.status === 409;
        say("trouble", data.message || "Chưa lưu được. Cổng sẽ thử lại.");
        if (!stopped) later(RETRY);
      }
    }

    // Two people wrote: what only the other changed is taken, what both changed is asked.
    function settle(data, sent) {
      const mine = new Set(changed(saved, read(form)));
      const both = [];
      for (const [name, theirs] of Object.entries(data.values)) {
        const field = form.elements[name];
        if (!field || held(field) === theirs) continue;
        if (mine.has(name)) both.push({ name, theirs });
        else put(field, theirs);
      }
      setRevision(data.revision);
      saved = read(form);
      for (const { name, theirs } of both) saved.set(name, theirs);
      if (!both.length) return later(200);
      stopped = true;
      say("conflict", `${data.saved_by} vừa lưu lúc ${data.saved_at}. Mời chọn bản giữ lại cho từng mục.`);
      ask(both, data.saved_by, () => { stopped = false; later(200); });
    }

    function ask(both, who, done) {
      const box = element("section", "notice tone-amber", form, true);
      box.setAttribute("role", "alert");
      const inside = element("div", "", box);
      element("strong", "", inside).textContent = `Mục này ${who} cũng vừa sửa:`;
      let left = both.length;
      for (const { name, theirs } of both) {
        const field = form.elements[name];
        const part = element("div", "conflict", inside);
        element("p", "", part).textContent = form.querySelector(`label[for="${field.id}"]`)?.textContent.trim() || field.ariaLabel || name;
        const texts = element("div", "conflict-texts", part);
        for (const [title, text] of [["Bản của tôi", worded(field, held(field))], [`Bản của ${who}`, worded(field, theirs)]]) {
          const side = element("div", "", texts);
          element("strong", "d-block", side).textContent = title;
          element("span", "", side).textContent = text || "(để trống)";
        }
        choice(part, "Giữ bản của tôi", () => held(field));
        choice(part, `Lấy bản của ${who}`, () => theirs);
        function choice(parent, label, value) {
          const button = element("button", "btn btn-sm btn-outline-secondary me-2", parent);
          button.type = "button";
          button.textContent = label;
          button.addEventListener("click", () => {
            put(field, value());
            part.remove();
            left -= 1;
            if (!left) { box.remove(); done(); }
          });
        }
      }
      box.scrollIntoView({ block: "nearest" });
    }

    function setRevision(revision) {
      form.elements.revision.value = revision;
    }

    function say(kind, text, signIn) {
      if (!state) return;
      state.dataset.state = kind;
      state.textContent = text;
      if (!signIn) return;
      const link = element("a", "", state);
      link.href = form.dataset.signInUrl || "/tai-khoan/dang-nhap/";
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = signIn;
    }

    function mark(errors) {
      for (const old of form.querySelectorAll("[data-autosave-error]")) old.remove();
      for (const field of form.querySelectorAll("[aria-invalid='true']")) {
        field.removeAttribute("aria-invalid");
        field.classList.remove("is-invalid");
      }
      for (const [name, sentences] of Object.entries(errors)) {
        const field = form.elements[name];
        if (!field) continue;
        field.setAttribute("aria-invalid", "true");
        field.classList.add("is-invalid");
        const note = document.createElement("p");
        note.className = "invalid-feedback d-block";
        note.dataset.autosaveError = name;
        note.textContent = sentences.join(" ");
        field.after(note);
      }
    }
  }

  // A box that is ticked holds "on", one that is not holds nothing.
  function held(field) {
    return field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
  }

  function put(field, value) {
    if (field.type === "checkbox") field.checked = value !== "";
    else field.value = value;
  }

  function worded(field, value) {
    if (field.type === "checkbox") return value ? "có chọn" : "không chọn";
    return [...(field.options || [])].find((option) => option.value === value)?.text || value;
  }

  function read(form) {
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    return fields;
  }

  // The token in the form is old after signing in again on another page, and it would be believed
  // before the one in the header.
  function body(sent) {
    const fields = new URLSearchParams(sent);
    fields.delete("csrfmiddlewaretoken");
    return fields;
  }

  function changed(before, now) {
    const names = new Set([...before.keys(), ...now.keys()]);
    names.delete("revision");
    return [...names].filter((name) => before.getAll(name).join("\n") !== now.getAll(name).join("\n"));
  }

  function element(tag, className, parent, first) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    parent[first ? "prepend" : "append"](made);
    return made;
  }
})();
