// The editor of a text: a toolbar, pictures by choosing, pasting or dropping, and a preview that follows what is typed.
const form = document.getElementById("editor");
const preview = document.getElementById("preview");
const fold = document.querySelector("[data-fold]");
const counted = document.querySelector("[data-counted]");
const bodies = [...form.querySelectorAll("[data-body]")];
const WAIT = 400; // milliseconds after the last key before the preview is asked for
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
  typeInto(area, text, from, to);
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
  picture: () => picture.open(),
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

function take(event, carried) {
  if (!picture.take(event, carried)) return false;
  last = event.target;
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

const alt = document.getElementById("alt");
const picture = picturePanel(form.querySelector("[data-picture]"), form, alt, (told) => {
  paragraph(last, told.written);
  alt.value = "";
});
alt.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); picture.send(); } });

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
