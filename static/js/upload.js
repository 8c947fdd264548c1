// Files go up as soon as they are chosen or dropped, one by one with progress; the form then
// carries only their tokens. For
//   <div class="upload" data-upload-url="…" data-token-name="staged"><input type="file" name="files" multiple></div>
// Each file is POSTed as `file`; 200 {token, name, size}, 422 {code, message}.
// A box may hold several inputs: one to choose files, one that opens the camera of a phone.
// With data-upload-submit the form is sent when the last file is up. Without this script the
// browser sends the files with the form itself.
(() => {
  const cookieToken = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];

  for (const box of document.querySelectorAll("[data-upload-url]")) set(box);

  function set(box) {
    const inputs = box.querySelectorAll("input[type=file]");
    const form = box.closest("form");
    const list = document.createElement("ul");
    list.className = "file-list";
    list.setAttribute("aria-live", "polite");
    box.append(list);
    let waiting = 0;

    for (const input of inputs) {
      // The tokens speak for the files: do not send them a second time.
      input.removeAttribute("name");
      input.required = false;
      input.addEventListener("change", () => { takeAll(input.files); input.value = ""; });
    }
    for (const name of ["dragenter", "dragover"]) {
      box.addEventListener(name, (event) => { event.preventDefault(); box.classList.add("is-over"); });
    }
    for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => { event.preventDefault(); takeAll(event.dataTransfer.files); });
    form.addEventListener("submit", (event) => {
      if (!waiting) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      list.querySelector("progress")?.closest("li").scrollIntoView({ block: "nearest" });
    }, true);

    function takeAll(files) {
      for (const file of files) send(file);
    }

    function send(file) {
      const row = add("li", list);
      const words = add("div", row);
      add("span", words).textContent = file.name;
      const note = add("small", words);
      const bar = add("progress", words);
      bar.max = 100;
      bar.setAttribute("aria-label", `Đang tải ${file.name}`);
      note.textContent = "Đang tải lên…";
      const remove = add("button", row);
      remove.type = "button";
      remove.className = "btn btn-sm btn-outline-secondary";
      remove.textContent = "Bỏ tệp";
      const request = new XMLHttpRequest();
      remove.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
      remove.addEventListener("click", () => { request.abort(); row.remove(); });
      waiting += 1;
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        waiting -= 1;
        bar.remove();
        if (request.status === 200 || request.status === 201) taken(request, row, note);
        else if (request.status) refused(sentence(request), row, note);
        else if (row.isConnected) refused("Mất kết nối. Mời chọn lại tệp.", row, note);
        if (!waiting && "uploadSubmit" in box.dataset && list.querySelector("input") && !list.querySelector(".is-refused")) form.requestSubmit();
      });
      const body = new FormData();
      body.append("file", file);
      request.open("POST", box.dataset.uploadUrl);
      request.setRequestHeader("X-CSRFToken", cookieToken() || form.elements.csrfmiddlewaretoken.value);
      request.setRequestHeader("Accept", "application/json");
      request.send(body);
    }

    function taken(request, row, note) {
      const answer = JSON.parse(request.responseText);
      note.textContent = `${weight(answer.size)} · đã tải lên, chưa lưu vào hồ sơ`;
      const token = add("input", row);
      token.type = "hidden";
      token.name = box.dataset.tokenName || "staged";
      token.value = answer.token;
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function refused(words, row, note) {
    row.classList.add("is-refused");
    note.textContent = words;
    note.className = "invalid-feedback d-block";
    note.setAttribute("role", "alert");
  }

  function sentence(request) {
    if (request.status === 401 || request.status === 403) return "Phiên làm việc đã hết. Mời đăng nhập lại ở trang mới rồi chọn lại tệp.";
    if (request.status === 413) return "Tệp quá lớn.";
    try { return JSON.parse(request.responseText).message || "Cổng chưa nhận được tệp này."; } catch { return "Cổng chưa nhận được tệp này. Mời thử lại."; }
  }

  function weight(bytes) {
    const [unit, divisor] = bytes < 1048576 ? ["KB", 1024] : ["MB", 1048576];
    return `${(bytes / divisor).toLocaleString("vi", { maximumFractionDigits: 1 })} ${unit}`;
  }

  function add(tag, parent) {
    return parent.appendChild(document.createElement(tag));
  }
})();
