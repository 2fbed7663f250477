// The editor of one question: rows are added, removed and moved without a new page, fields that mean nothing now are
// out of sight, and the preview follows what is typed. Without this script the form's buttons do the same.
const form = document.getElementById("editor");
const preview = document.getElementById("preview");
const WAIT = 600; // milliseconds after the last key before the preview is asked for
let timer = 0;
let asking = null; // what aborts the request under way

form.classList.add("scripted");

// Rows

const NAMES = ["name", "id", "for", "aria-describedby", "value", "formaction", "data-rows"];
const rowsOf = (list) => [...list.querySelector(":scope > ol").children];

// Every name below `root` that goes through a row of `list` names row `index`, also inside templates.
function rename(root, list, index) {
  const pattern = new RegExp(`(^|[ #])(${list.replaceAll(".", "\\.")})\\.(?:\\d+|NEW[a-z]*)(?=[.\\- ]|$)`, "g");
  for (const each of [root, ...root.querySelectorAll("*")]) {
    for (const name of NAMES) {
      if (name === "value" && each.tagName !== "BUTTON") continue;
      const old = each.getAttribute && each.getAttribute(name);
      if (old) each.setAttribute(name, old.replace(pattern, `$1$2.${index}`));
    }
    if (each.tagName === "TEMPLATE") for (const inner of each.content.children) rename(inner, list, index);
  }
}

function renumber(list) {
  rowsOf(list).forEach((row, index) => {
    rename(row, list.dataset.rows, index);
    for (const number of row.querySelectorAll(":scope > .qrow-head [data-number]")) number.textContent = index + 1;
    for (const key of row.querySelectorAll(":scope > .qrow-fields > .w-key [data-index]")) key.value = index;
  });
}

// A row that others call by its name gets one that no other row has.
function christen(list, row) {
  const made = row.querySelector(":scope > .qrow-fields > [data-made]");
  if (!made) return;
  const taken = new Set([...list.querySelectorAll(":scope > ol > li > .qrow-fields > [type=hidden]")].map((each) => each.value));
  let number = 1;
  while (taken.has(`${made.dataset.made}-${number}`)) number += 1;
  made.value = `${made.dataset.made}-${number}`;
}

function add(list, shape) {
  const made = list.querySelector(`:scope > template[data-shape="${shape}"]`).content.cloneNode(true);
  const row = made.firstElementChild;
  list.querySelector(":scope > ol").append(made);
  christen(list, row);
  renumber(list);
  row.querySelector("textarea, input:not([type=hidden])")?.focus();
}

function move(list, row, up) {
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  // The radio buttons of both rows share a name: which is chosen must not get lost while they change places.
  if (up) other.before(row); else other.after(row);
  renumber(list);
  row.querySelector(`[data-do=${up ? "up" : "down"}]`).focus();
}

function remove(list, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  renumber(list);
  (next?.querySelector("[data-do=remove]") ?? list.querySelector(":scope > .buttons button")).focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("try" in button.dataset) {
    event.preventDefault();
    show(button.value);
    return;
  }
  const list = button.closest("[data-rows]");
  const what = button.dataset.do;
  // Where the question's text names rows by their numbers, the server changes both together.
  if (!what || (what === "remove" && "marked" in list.dataset)) return;
  event.preventDefault();
  if (what === "add") add(list, button.dataset.shape);
  else if (what === "remove") remove(list, button.closest("[data-row]"));
  else move(list, button.closest("[data-row]"), what === "up");
  form.dispatchEvent(new Event("input", { bubbles: true }));
});

// Fields that depend on others

function settle() {
  for (const each of form.querySelectorAll("[data-only]")) {
    const control = form.elements[each.dataset.only];
    if (control) each.hidden = !each.dataset.values.split(" ").includes(control.value);
  }
  const groups = form.querySelector('[data-rows="q.groups"]');
  if (groups) for (const list of form.querySelectorAll("[data-groups]")) offer(list, groups);
}

// The groups as they are called now, to choose from.
function offer(list, groups) {
  const chosen = list.value;
  const [empty, ...rest] = list.options;
  const made = rowsOf(groups).map((row) => {
    const id = row.querySelector('input[name$=".id"]').value;
    return new Option(row.querySelector('textarea[name$=".text.id"]').value || id, id);
  });
  list.replaceChildren(empty, ...made, rest.at(-1));
  list.value = chosen;
}

// The preview

async function show(what) {
  clearTimeout(timer);
  asking?.abort();
  asking = new AbortController();
  const fields = new FormData(form);
  fields.set("do", what);
  try {
    const answer = await fetch(form.dataset.tryAt, { method: "POST", body: fields, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    const had = preview.contains(document.activeElement);
    preview.innerHTML = await answer.text();
    if (had) preview.querySelector("[data-try]")?.focus();
  } catch {
    // No network, or a newer one was asked for: what is seen stays.
  }
}

form.addEventListener("input", (event) => {
  if (preview.contains(event.target)) return;
  settle();
  clearTimeout(timer);
  timer = setTimeout(show, WAIT, "preview");
});
form.addEventListener("change", (event) => { if (!preview.contains(event.target)) settle(); });
