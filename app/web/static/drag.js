// Questions with lists to choose from, made easier for fingers and mice: words are dragged or tapped into gaps, choices
// to items or items to choices, and items into their order. Whatever is done here sets a list of the page and says so by
// `change`, as if it had been chosen there. Keyboards, screen readers and pages without scripts have the lists.
const FAR = 6; // pixels that a pointer travels before a tap becomes a drag
const EDGE = 60; // pixels from the window's edge in which a drag scrolls
const NEAR = 0.4; // of the window's height: a lower tray stays in sight
let held = null; // what was tapped and waits for its counterpart
let drag = null; // what a pointer is down on: { part, x, y, drags, moving, ghost }

const fieldOf = (node) => node.closest("fieldset[data-drag]");
const listOf = (place) => place.querySelector("select");
const rowsOf = (field) => [...field.querySelectorAll(".assign")];
const sorts = (field) => field.dataset.drag === "sort";

// Only for eyes and fingers: what it says or does, the lists say and do too.
function make(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  made.setAttribute("aria-hidden", "true");
  return made;
}

// A piece of the tray, an item with its list, or a gap.
function partAt(node) {
  const part = node instanceof Element ? node.closest(".piece, .assign, .gap") : null;
  return part && fieldOf(part) ? part : null;
}

// Making a question ready

function prepare(field) {
  field.classList.add("draggable");
  for (const row of rowsOf(field)) row.prepend(make("span", "grip", "⠿"));
  const how = make("p", "how", field.dataset.how);
  field.querySelector("legend").after(how);
  if (sorts(field)) {
    arrange(field, null);
    return;
  }
  const tray = make("div", "tray", "");
  tray.append(...shelves(field));
  field.append(tray);
  tray.classList.toggle("near", tray.offsetHeight < innerHeight * NEAR);
  markUsed(field);
}

// The pieces, a line for each set of gaps that share their words, with the numbers of these where there are several.
function shelves(field) {
  const lettered = field.querySelector(".letters");
  const lines = new Map();
  for (const list of field.querySelectorAll("select")) {
    const options = [...list.options].filter((option) => option.value);
    const key = options.map((option) => option.value).join();
    if (!lines.has(key)) lines.set(key, { options, gaps: [] });
    lines.get(key).gaps.push(list.parentElement.querySelector("small")?.textContent);
  }
  return [...lines.values()].map(({ options, gaps }) => {
    const line = make("p", "pieces", "");
    if (lines.size > 1) line.append(make("small", "", `${gaps.join(", ")}:`));
    for (const option of options) {
      const piece = make("span", "piece", lettered ? option.text.split(".")[0] : option.text);
      piece.dataset.value = option.value;
      line.append(piece);
    }
    return line;
  });
}

function markUsed(field) {
  const used = new Set([...field.querySelectorAll("select")].map((list) => list.value));
  for (const piece of field.querySelectorAll(".piece")) piece.classList.toggle("used", used.has(piece.dataset.value));
}

// Answering

function choose(place, piece) {
  const list = listOf(place);
  const value = piece.dataset.value;
  if (![...list.options].some((option) => option.value === value)) return false;
  const field = fieldOf(place);
  if ("once" in field.dataset) {
    for (const other of field.querySelectorAll("select")) if (other.value === value) other.value = "";
  }
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

// Give a row the place of another. Only the others move in the page: a pointer holds on to the row.
function moveRow(row, to) {
  const rows = rowsOf(fieldOf(row));
  const [from, there] = [rows.indexOf(row), rows.indexOf(to)];
  if (there > from) row.before(...rows.slice(from + 1, there + 1));
  else row.after(...rows.slice(there, from));
}

function number(row) {
  rowsOf(fieldOf(row)).forEach((each, index) => { listOf(each).value = String(index + 1); });
  listOf(row).dispatchEvent(new Event("change", { bubbles: true }));
}

// Rows stand where their numbers say; those without one, or with another's, fill the rest. `still` does not move.
function arrange(field, still) {
  const rows = rowsOf(field);
  const placed = new Array(rows.length).fill(null);
  const [first, ...others] = still ? [still, ...rows.filter((row) => row !== still)] : rows;
  const left = [first, ...others].filter((row) => {
    const place = listOf(row).value - 1;
    if (place < 0 || placed[place]) return true;
    placed[place] = row;
    return false;
  });
  const inOrder = placed.map((row) => row || left.shift());
  if (inOrder.every((row, index) => row === rows[index])) return;
  const middle = inOrder.indexOf(still || rows[0]);
  inOrder[middle].before(...inOrder.slice(0, middle));
  inOrder[middle].after(...inOrder.slice(middle + 1));
}

// What two parts of a question come to: an item among others, or a piece at a place. False: nothing.
function join(one, other) {
  if (one === other || fieldOf(one) !== fieldOf(other)) return false;
  if (sorts(fieldOf(one))) {
    moveRow(one, other);
    number(one);
    return true;
  }
  const [piece, place] = one.matches(".piece") ? [one, other] : [other, one];
  return piece.matches(".piece") && !place.matches(".piece") && choose(place, piece);
}

// Tapping one, then the other

function release() {
  if (held) {
    held.classList.remove("held");
    fieldOf(held)?.classList.remove("holding"); // then a tap on a list opens it again
  }
  held = null;
}

function tap(part) {
  const before = held;
  release();
  if (before === part || (before && join(before, part)) || part.matches(".gap")) return;
  held = part;
  part.classList.add("held");
  fieldOf(part).classList.add("holding");
}

// Dragging

function begin() {
  release();
  drag.moving = true;
  drag.part.classList.add("held");
  if (sorts(fieldOf(drag.part))) return;
  const words = drag.part.matches(".piece") ? drag.part : drag.part.querySelector("span:not(.grip)");
  drag.ghost = make("div", "ghost", words.textContent);
  document.body.append(drag.ghost);
}

function follow(x, y) {
  if (y < EDGE && y < drag.y) scrollBy(0, -12);
  if (y > innerHeight - EDGE && y > drag.y) scrollBy(0, 12);
  drag.y = y;
  const over = partAt(document.elementFromPoint(x, y));
  if (drag.ghost) {
    drag.ghost.style.left = `${x}px`;
    drag.ghost.style.top = `${y}px`;
    for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
    if (over && over !== drag.part) over.classList.add("over");
  } else if (over && over !== drag.part && fieldOf(over) === fieldOf(drag.part)) {
    const { top, height } = over.getBoundingClientRect();
    const below = Boolean(drag.part.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (below === y > top + height / 2) moveRow(drag.part, over);
  }
}

function end(x, y, dropped) {
  const { part, ghost, moving } = drag;
  drag = null;
  if (!moving) {
    if (dropped) tap(part);
    return;
  }
  part.classList.remove("held");
  ghost?.remove();
  for (const each of document.querySelectorAll(".over")) each.classList.remove("over");
  if (!part.isConnected) return;
  if (sorts(fieldOf(part))) {
    if (dropped) number(part);
    else arrange(fieldOf(part), null);
    return;
  }
  const over = dropped && partAt(document.elementFromPoint(x, y));
  if (over) join(part, over);
}

document.addEventListener("pointerdown", (event) => {
  if (drag) end(0, 0, false); // let go outside the window
  if (held && !held.isConnected) held = null;
  const part = partAt(event.target);
  if (!part || event.button || !event.isPrimary || event.target.closest("select")) return;
  // A finger drags by the piece or the grip; anywhere else it scrolls the page.
  const drags = !part.matches(".gap") && (event.pointerType !== "touch" || event.target.closest(".piece, .grip"));
  drag = { part, x: event.clientX, y: event.clientY, drags, moving: false, ghost: null };
});

document.addEventListener("pointermove", (event) => {
  if (!drag || !drag.drags || !event.isPrimary) return;
  if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= FAR) begin();
  if (drag.moving) follow(event.clientX, event.clientY);
});

document.addEventListener("pointerup", (event) => {
  if (drag && event.isPrimary) end(event.clientX, event.clientY, true);
  else if (!partAt(event.target)) release();
});

document.addEventListener("pointercancel", () => { if (drag) end(0, 0, false); });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (drag) end(0, 0, false);
  release();
});

// A click on an item's words would go on to its list.
document.addEventListener("click", (event) => {
  const part = partAt(event.target);
  if (part && event.detail && !event.target.closest("select")) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const field = event.target instanceof Element && fieldOf(event.target);
  if (!field) return;
  if (sorts(field)) arrange(field, event.target.closest(".assign"));
  else markUsed(field);
});

// Questions come with the page, and later with pages that quiz.js puts in its place.
function scan() {
  for (const field of document.querySelectorAll("fieldset[data-drag]:not(.draggable)")) prepare(field);
}

new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
scan();
