// The editor of a text: a toolbar, pictures by choosing, pasting or dropping, and a preview that follows what is typed.
const form = document.getElementById("editor");
const preview = document.getElementById("preview");
const fold = document.querySelector("[data-fold]");
const counted = document.querySelector("[data-counted]");
const bodies = [...form.querySelectorAll("[data-body]")];
const WAIT = 400; // milliseconds after the last key before the preview is asked for
const LONGEST = 1000; // pixels of a picture's longer side, as the server keeps it
const ENOUGH = 80000; // bytes; a smaller picture goes as it is
let last = bodies[0]; // the text that was written in last
let timer = 0;
let asking = null;

form.classList.add("scripted");
for (const each of form.querySelectorAll("[data-tools]")) each.hidden = false;
if (matchMedia("(min-width: 62rem)").matches) fold.open = true;
const english = form.querySelector(".english");
if (!matchMedia("(min-width: 52rem)").matches && !english.querySelector("[aria-invalid]")) english.open = false;

// Writing

function put(area, text, from, to, select) {
  area.focus();
  area.setSelectionRange(from, to);
  // Typed, as it were, so that the browser's own undo takes it back.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) area.setSelectionRange(from + select[0], from + select[1]);
}

function around(area, before, after, empty) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const words = value.slice(from, to) || empty;
  put(area, before + words + after, from, to, [before.length, before.length + words.length]);
}

function lines(area, begin) {
  const { value } = area;
  const from = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = value.indexOf("\n", area.selectionEnd);
  const to = end < 0 ? value.length : end;
  const changed = value.slice(from, to).split("\n").map((line, index) => begin(index) + line).join("\n");
  const gap = from > 0 && value.slice(0, from).trimEnd() && !value.slice(0, from).endsWith("\n\n") ? "\n" : "";
  put(area, gap + changed, from, to);
}

function paragraph(area, text) {
  const { value } = area;
  const end = value.indexOf("\n", area.selectionEnd); // of the line that is written in
  const at = end < 0 ? value.length : end;
  const before = !value.slice(0, at) || value.slice(0, at).endsWith("\n\n") ? "" : value.slice(0, at).endsWith("\n") ? "\n" : "\n\n";
  const after = value.slice(at).startsWith("\n") || at === value.length ? "\n" : "\n\n";
  put(area, before + text + after, at, at);
}

const word = (area) => (area.lang === "en" ? ["text", "address", "Term", "what it means"] : ["teks", "alamat", "Istilah", "artinya"]);
const MARKS = {
  bold: (area) => around(area, "**", "**", word(area)[0]),
  italic: (area) => around(area, "*", "*", word(area)[0]),
  heading: (area) => lines(area, () => "## "),
  bullets: (area) => lines(area, () => "- "),
  numbers: (area) => lines(area, (index) => `${index + 1}. `),
  quote: (area) => lines(area, () => "> "),
  link: (area) => around(area, "[", "](https://)", word(area)[0]),
  term: (area) => paragraph(area, `${word(area)[2]}\n: ${word(area)[3]}`),
  picture: () => openPicture(),
};

form.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-mark]");
  if (!tool) return;
  last = document.getElementById(tool.closest("[data-tools]").dataset.tools);
  MARKS[tool.dataset.mark](last);
});

for (const area of bodies) {
  area.addEventListener("focus", () => { last = area; soon(); });
  area.addEventListener("keydown", (event) => {
    const mark = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    MARKS[mark](area);
  });
  area.addEventListener("paste", (event) => take(event, event.clipboardData) || listed(event));
  area.addEventListener("drop", (event) => take(event, event.dataTransfer));
  area.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.items].some((each) => each.kind === "file")) event.preventDefault();
  });
}

// Pictures

const panel = document.getElementById("gambar");
const chosen = document.getElementById("file");
const alt = document.getElementById("alt");
const insert = panel.querySelector("[value=picture]");
const said = panel.querySelector("[data-picture-said]");

function openPicture() {
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  (chosen.files.length ? alt : chosen).focus();
}

function take(event, carried) {
  const files = [...carried.files].filter((each) => each.type.startsWith("image/"));
  // Word puts a picture of the text beside the text: then the text is meant.
  if (!files.length || carried.types.includes("text/plain")) return false;
  event.preventDefault();
  last = event.target;
  const picked = new DataTransfer();
  picked.items.add(files[0]);
  chosen.files = picked.files;
  openPicture();
  return true;
}

// A list as Word and WhatsApp write it, with bullets: here its signs are hyphens, or it would run on in one line.
function listed(event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
  const signed = text.replace(/^[ \t]*[\u2022\u00b7\u25aa\u25cf\uf0b7\uf0a7][ \t]*/gm, "- ");
  if (signed === text) return;
  event.preventDefault();
  put(event.target, signed.replace(/^(?!- )(\S.*)\n(?=- )/gm, "$1\n\n"), event.target.selectionStart, event.target.selectionEnd);
}

async function small(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const data = await new Promise((done) => { canvas.toBlob(done, "image/webp", 0.85); });
    return data && data.size < file.size ? new File([data], "gambar", { type: data.type }) : file;
  } catch {
    return file; // the server says what it is
  }
}

function say(words, wrong) {
  said.textContent = words;
  said.className = wrong ? "field-fault" : "";
}

async function send() {
  if (!chosen.files.length) { say(insert.dataset.choose, true); chosen.focus(); return; }
  if (!alt.value.trim()) { say(insert.dataset.describe, true); alt.focus(); return; }
  insert.disabled = true;
  say(insert.dataset.shrinking);
  const file = await small(chosen.files[0]);
  say(insert.dataset.sending.replace("0", Math.max(1, Math.round(file.size / 1000))));
  const fields = new FormData();
  fields.set("form_token", form.elements.form_token.value);
  fields.set("alt", alt.value);
  fields.set("file", file);
  try {
    const answer = await fetch(form.dataset.pictures, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) { say(told.error, true); return; }
    paragraph(last, told.written);
    say(insert.dataset.done.replace("0", told.kilobytes));
    chosen.value = "";
    alt.value = "";
  } catch {
    say(insert.dataset.failed, true);
  } finally {
    insert.disabled = false;
  }
}

insert.addEventListener("click", (event) => { event.preventDefault(); send(); });
alt.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); send(); } });

// The preview

async function show() {
  asking?.abort();
  asking = new AbortController();
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  fields.set("look", last.lang);
  try {
    const answer = await fetch(form.dataset.lookAt, { method: "POST", body: fields, signal: asking.signal });
    if (!answer.ok || answer.redirected) return;
    preview.innerHTML = await answer.text();
    count();
  } catch {
    // No network, or a newer one was asked for: what is seen stays.
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
}

// On a phone the preview is folded away: the count stands below the text as well.
function count() {
  counted.replaceChildren(...[...(preview.querySelector("[data-count]")?.childNodes ?? [])].map((each) => each.cloneNode(true)));
}

form.addEventListener("input", (event) => { if (event.target.matches("[data-body], [name^=title_]")) soon(); });
count();
