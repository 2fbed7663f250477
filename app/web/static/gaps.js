// A passage with gaps: a button puts the mark of a gap where one writes and opens its row, with the words that were
// selected as its answer; and marks without a row, and rows without a mark, are told while one types.
const form = document.getElementById("editor");
const bar = form.querySelector("[data-gaps]");
const said = form.querySelector("[data-gaps-said]");
const list = form.querySelector(`[data-rows="${bar.dataset.gaps}"]`);
const texts = ["q.text.id", "q.text.en"].map((id) => document.getElementById(id));
const MARK = /\[\[([^[\]]{1,80})\]\]/g;
let last = texts[0]; // the text that was written in last

const rowsOf = () => [...list.querySelectorAll(":scope > ol > li")];
const marksIn = (text) => [...text.matchAll(MARK)].map((found) => found[1].trim());
const shapeOf = (row) => row.querySelector('[name$=".type"]')?.value ?? "";
const firstOf = (row) => row.querySelector("textarea, input[type=text]");

// A row that waits for its place: one of this shape without a mark; where rows may do without one, only an empty one.
function waiting(shape) {
  const marks = new Set(marksIn(last.value));
  const isFree = (row, index) => !marks.has(`${index + 1}`) && shapeOf(row) === shape && (shape || !firstOf(row).value.trim());
  return rowsOf().findIndex(isFree);
}

bar.addEventListener("click", (event) => {
  const button = event.target.closest("[data-shape]");
  if (!button) return;
  const { selectionStart: from, selectionEnd: to } = last;
  const words = last.value.slice(from, to).trim();
  let at = waiting(button.dataset.shape);
  if (at < 0) {
    list.querySelector(`:scope > .buttons [data-shape="${button.dataset.shape}"]`).click();
    at = rowsOf().length - 1;
  }
  typeInto(last, `[[${at + 1}]]`, from, to);
  const answer = firstOf(rowsOf()[at]);
  if (words && !answer.value && !words.includes("[[")) {
    answer.value = words;
    const key = answer.closest(".qrow").querySelector(".w-key input");
    if (key) key.checked = true;
    answer.dispatchEvent(new Event("input", { bubbles: true }));
  }
  answer.focus();
});

function wrongIn(text) {
  const { unknown, twice, unplaced } = said.dataset; // where a word may have two places, or none, those are not given
  const marks = marksIn(text);
  const known = rowsOf().map((_, index) => `${index + 1}`);
  const strange = (name) => !known.includes(name) && (twice || /^\d+$/.test(name)); // a word may also have a name
  const told = (words, names) => (words ? names.map((name) => words.replace("0", name)) : []);
  return [
    ...told(unknown, [...new Set(marks)].filter(strange)),
    ...told(twice, known.filter((name) => marks.indexOf(name) !== marks.lastIndexOf(name))),
    ...told(unplaced, known.filter((name) => !marks.includes(name))),
  ];
}

function tell() {
  const wrong = texts.filter((text) => text.value.trim()).flatMap((text) => wrongIn(text.value));
  said.textContent = [...new Set(wrong)].join(" ");
  said.hidden = !wrong.length;
}

bar.hidden = false;
for (const text of texts) text.addEventListener("focus", () => { last = text; });
form.addEventListener("input", tell);
