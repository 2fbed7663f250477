// A file of a course as text: its lines are numbered, what is wrong is told and marked on its line while one types.
(() => {
  const OFTEN = 300; // milliseconds between two checks while one types
  const QUIET = 700; // after the last key, before it is read aloud what was found
  const GIVE_UP = 8000; // milliseconds for one answer
  const form = document.querySelector("form[data-check]");
  if (!form) return;
  const box = form.elements.text;
  const told = document.querySelector("[data-told]");
  const said = document.querySelector("[data-said]");
  const where = form.querySelector("[data-where]");
  const gutter = document.createElement("pre");
  const mirror = document.createElement("div");
  let asking = false;
  let timer = 0;
  let quiet = 0;

  gutter.setAttribute("aria-hidden", "true");
  mirror.className = "mirror";
  mirror.setAttribute("aria-hidden", "true");
  box.before(gutter);
  box.after(mirror);
  form.querySelector("[data-checks]").hidden = true;

  // Lines and their marks

  function marks() {
    const found = new Map();
    for (const each of told.querySelectorAll("[data-line]")) {
      const line = Number(each.dataset.line);
      if (!found.has(line) || each.className === "wrong") found.set(line, each.className);
    }
    return found;
  }

  function number() {
    const count = box.value.split("\n").length;
    const marked = marks();
    const parts = [];
    let plain = "";
    for (let line = 1; line <= count; line += 1) {
      if (marked.has(line)) {
        const mark = document.createElement("b");
        mark.className = marked.get(line);
        mark.textContent = line;
        parts.push(plain, mark);
        plain = "\n";
      } else {
        plain += `${line}\n`;
      }
    }
    gutter.replaceChildren(...parts, plain);
    follow();
  }

  function follow() {
    gutter.style.height = `${box.clientHeight}px`;
    gutter.scrollTop = box.scrollTop;
  }

  function tellWhere() {
    const before = box.value.slice(0, box.selectionStart).split("\n");
    where.querySelector("span").textContent = before.length;
    where.hidden = false;
    form.elements.at.value = before.length;
  }

  function goTo(line, column) {
    const lines = box.value.split("\n");
    const above = lines.slice(0, line - 1).join("\n");
    const text = lines[line - 1] ?? "";
    const start = above.length + (line > 1 ? 1 : 0);
    mirror.style.width = `${box.clientWidth}px`;
    mirror.textContent = line > 1 ? `${above}\n.` : ".";
    const height = mirror.offsetHeight;
    mirror.textContent = "";
    box.focus({ preventScroll: true });
    box.setSelectionRange(start + [...text].slice(0, column - 1).join("").length, start + text.length);
    box.scrollTop = height - box.clientHeight / 2;
    box.scrollLeft = 0;
    box.scrollIntoView({ block: "nearest" });
    tellWhere();
  }

  // The check

  function reach() {
    for (const link of told.querySelectorAll("[data-line] a")) link.href = "#teks";
  }

  async function check() {
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    fields.set("part", "1");
    const signal = AbortSignal.timeout(GIVE_UP);
    const reply = await fetch(form.dataset.check, { method: "POST", body: fields, signal });
    if (!reply.ok) return;
    const part = new DOMParser().parseFromString(await reply.text(), "text/html").body;
    const open = told.querySelector("details")?.open;
    told.replaceChildren(...part.childNodes);
    if (open && told.querySelector("details")) told.querySelector("details").open = true;
    reach();
    number();
    readAloud();
  }

  function readAloud() {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      const summary = told.querySelector("[data-summary]").textContent;
      if (said.textContent !== summary) said.textContent = summary;
    }, QUIET);
  }

  // One check at a time, while the author goes on typing too: no pause in typing has to be waited for.
  function checkSoon() {
    if (timer || asking) {
      timer ||= -1; // again, as soon as the answer is there
      return;
    }
    timer = setTimeout(async () => {
      timer = 0;
      asking = true;
      await check().catch(() => {});
      asking = false;
      if (!timer) return;
      timer = 0;
      checkSoon();
    }, OFTEN);
  }

  box.addEventListener("input", () => {
    number();
    readAloud();
    checkSoon();
  });
  box.addEventListener("scroll", follow);
  for (const event of ["keyup", "click", "focus"]) box.addEventListener(event, tellWhere);
  new ResizeObserver(follow).observe(box);
  told.addEventListener("click", (event) => {
    const item = event.target.closest("[data-line]");
    if (!item || !event.target.closest("a")) return;
    event.preventDefault();
    goTo(Number(item.dataset.line), Number(item.dataset.column));
  });
  reach();
  number();
  if (form.dataset.at) goTo(Number(form.dataset.at), 1);
})();
