// The areas of a picture, drawn on it. The fields of the rows below are what counts: this reads them, and writes them as
// if they had been typed. All numbers are per cent of the picture's width and height, whatever size it is shown in.
const form = document.getElementById("editor");
const drawing = form.querySelector("[data-drawn-on]");
const list = drawing.closest("[data-rows]");
const chooser = document.getElementById(drawing.dataset.drawnOn);
const alt = document.getElementById("q.alt.id");
const stage = drawing.querySelector(".stage");
const image = stage.querySelector("img");
const svg = stage.querySelector("svg");
const how = drawing.querySelector(".how");
const tools = [...drawing.querySelectorAll("[data-draw]")];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 1; // per cent that an arrow key moves; with Shift five times as much
const LEAST = 1; // per cent, the smallest side
const TAP = 2; // per cent; a shorter way of the pointer is a tap
const TWICE = 500; // milliseconds between two taps that are one
const ROOM = 70; // pixels; on a shorter edge there is no place for the handle of a new corner
const CORNERS = 50; // of one area, as the model has it
const words = stage.dataset;
const numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1, useGrouping: false });

let tool = ""; // the shape that the next stroke draws
let picked = null; // the row whose handles are shown
let last = {}; // the tap before this one: { row, part, at }
let stroke = null; // what the pointer does: { from, now } of a new area, or { row, part, from, area } of one that is there

const rowsOf = () => [...list.querySelectorAll(":scope > ol > li")];
const clamp = (value, low = 0, high = 100) => Math.min(Math.max(value, low), high);
const round = (value) => Math.round(value * 10) / 10;

// What can be done with each shape. A part of an area is "all", or the number of one of its handles.
const SHAPES = {
  rectangle: {
    keys: ["x", "y", "width", "height"],
    between: ([x1, y1], [x2, y2]) => {
      const [x, y] = [clamp(Math.min(x1, x2), 0, 100 - LEAST), clamp(Math.min(y1, y2), 0, 100 - LEAST)];
      return { x, y, width: Math.max(clamp(Math.max(x1, x2)) - x, LEAST), height: Math.max(clamp(Math.max(y1, y2)) - y, LEAST) };
    },
    middle: (area) => [area.x + area.width / 2, area.y + area.height / 2],
    moved: (area, [dx, dy]) => ({ ...area, x: clamp(area.x + dx, 0, Math.max(100 - area.width, 0)), y: clamp(area.y + dy, 0, Math.max(100 - area.height, 0)) }),
    handles: ({ x, y, width, height }) => [[x, y], [x + width, y], [x, y + height], [x + width, y + height]],
    pulled: ({ x, y, width, height }, part, [px, py]) => {
      const [left, upper] = [part % 2 === 0, part < 2];
      const [right, lower] = [x + width, y + height];
      const [x1, x2] = left ? [clamp(px, 0, right - LEAST), right] : [x, clamp(px, x + LEAST)];
      const [y1, y2] = upper ? [clamp(py, 0, lower - LEAST), lower] : [y, clamp(py, y + LEAST)];
      return { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
    },
    outline: ({ x, y, width, height }) => ["rect", { x, y, width, height }],
  },
  circle: {
    keys: ["x", "y", "radius"],
    between: ([x1, y1], [x2, y2]) => {
      const radius = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1), 2 * LEAST) / 2;
      return { x: clamp((x1 + x2) / 2), y: clamp((y1 + y2) / 2), radius };
    },
    middle: (area) => [area.x, area.y],
    moved: (area, [dx, dy]) => ({ ...area, x: clamp(area.x + dx), y: clamp(area.y + dy) }),
    handles: ({ x, y, radius }) => [[x + radius > 100 ? x - radius : x + radius, y]],
    pulled: (area, part, [px]) => ({ ...area, radius: clamp(Math.abs(px - area.x), LEAST) }),
    outline: ({ x, y, radius }) => ["ellipse", { cx: x, cy: y, rx: radius, ry: radius }],
  },
  polygon: {
    keys: ["corners"],
    between: (...ends) => {
      const { x, y, width, height } = SHAPES.rectangle.between(...ends);
      return { corners: [[x, y], [x + width, y], [x + width, y + height], [x, y + height]] };
    },
    middle: ({ corners }) => [0, 1].map((side) => corners.reduce((sum, corner) => sum + corner[side], 0) / corners.length),
    moved: ({ corners }, way) => {
      const [dx, dy] = [0, 1].map((side) => {
        const sides = corners.map((corner) => corner[side]);
        return clamp(way[side], -Math.min(...sides), 100 - Math.max(...sides));
      });
      return { corners: corners.map(([x, y]) => [x + dx, y + dy]) };
    },
    // The corners, and behind them the middles of the edges, from which new corners are pulled.
    handles: ({ corners }) => [...corners, ...(corners.length < CORNERS ? corners.map((corner, at) => halfway(corner, corners[(at + 1) % corners.length])) : [])],
    pulled: ({ corners }, part, [px, py]) => {
      const isNew = part >= corners.length;
      const at = isNew ? part - corners.length + 1 : part;
      return { corners: [...corners.slice(0, at), [clamp(px), clamp(py)], ...corners.slice(isNew ? at : at + 1)] };
    },
    outline: ({ corners }) => ["polygon", { points: corners.map((corner) => corner.join(",")).join(" ") }],
  },
};
const halfway = (one, other) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];

// Between the fields and an area

const fieldOf = (row, key) => row.querySelector(`[name$=".${key}"]`);
const kindOf = (row) => fieldOf(row, "shape").value;
const numberIn = (text) => (/^-?[\d.,]+$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : NaN);

// The area that a row's fields tell; null while they tell none.
function read(row) {
  const found = {};
  for (const key of SHAPES[kindOf(row)].keys) {
    const text = fieldOf(row, key).value;
    found[key] = key === "corners" ? text.split(/\s+/).filter(Boolean).map((each) => each.split(",").map(Number)) : numberIn(text);
  }
  const { corners } = found;
  const whole = corners ? corners.length > 2 && corners.every((each) => each.length === 2 && each.every(Number.isFinite)) : Object.values(found).every(Number.isFinite);
  return whole ? found : null;
}

// What did not change stays as it was typed.
function write(row, area) {
  const before = read(row) ?? {};
  for (const key of SHAPES[kindOf(row)].keys) {
    const field = fieldOf(row, key);
    if (key === "corners") field.value = area.corners.map((corner) => corner.map(round).join(",")).join(" ");
    else if (before[key] !== area[key]) field.value = numbers.format(round(area[key]));
  }
  fieldOf(row, SHAPES[kindOf(row)].keys[0]).dispatchEvent(new Event("input", { bubbles: true }));
}

// What is seen

// Outlines are changed where they are: a finger holds the one it pressed.
function outline(kind, area, classes, index) {
  const [tag, marks] = SHAPES[kind].outline(area);
  let made = svg.querySelector(`[data-index="${index}"]`);
  if (made?.tagName !== tag) {
    made?.remove();
    made = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", tag));
  }
  for (const [name, value] of Object.entries({ ...marks, class: classes, "data-index": index })) made.setAttribute(name, value);
  return made;
}

function drawOutlines(rows) {
  const seen = rows.flatMap((row, index) => {
    const area = read(row);
    const classes = `area${fieldOf(row, "correct").checked ? " right" : ""}${row === picked ? " picked" : ""}`;
    return area ? [outline(kindOf(row), area, classes, index)] : [];
  });
  if (stroke?.now) seen.push(outline(tool, SHAPES[tool].between(stroke.from, stroke.now), "area picked", -1));
  for (const each of [...svg.children]) if (!seen.includes(each)) each.remove();
}

const titleOf = (row) => row.querySelector(".qrow-head strong").textContent.trim();

// Every button that should be there: one in the middle of each area, and the handles of the one that is picked.
function wanted(rows) {
  return rows.flatMap((row, index) => {
    const area = read(row);
    if (!area) return [];
    const shape = SHAPES[kindOf(row)];
    const name = fieldOf(row, "label.id").value.trim();
    const middle = { index, part: "all", at: shape.middle(area), text: index + 1, label: `${titleOf(row)}${name && ` (${name})`}: ${words.move}` };
    if (row !== picked) return [middle];
    return [middle, ...shape.handles(area).flatMap((at, part) => {
      const isNew = area.corners && part >= area.corners.length;
      if (isNew && sideOf(area.corners, part - area.corners.length) < ROOM) return [];
      const what = isNew ? words.new : area.corners ? `${words.corner} ${part + 1}` : words.size;
      return [{ index, part, at, text: isNew ? "+" : "", label: `${titleOf(row)}: ${what}` }];
    })];
  });
}

// How long an edge of a polygon is on the screen, in pixels.
function sideOf(corners, at) {
  const [[x1, y1], [x2, y2]] = [corners[at], corners[(at + 1) % corners.length]];
  return Math.hypot(((x2 - x1) * image.clientWidth) / 100, ((y2 - y1) * image.clientHeight) / 100);
}

function draw() {
  const rows = rowsOf();
  if (picked && !rows.includes(picked)) picked = null;
  drawOutlines(rows);
  const stale = new Map([...stage.querySelectorAll("button")].map((each) => [each.dataset.key, each]));
  for (const { index, part, at, text, label } of wanted(rows)) {
    const key = `${index} ${part}`;
    const button = stale.get(key) ?? stage.appendChild(Object.assign(document.createElement("button"), { type: "button" }));
    stale.delete(key);
    Object.assign(button.dataset, { key, index, part });
    button.className = part === "all" ? "middle" : `handle${text ? " new" : ""}`;
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.style.left = `${clamp(at[0])}%`;
    button.style.top = `${clamp(at[1])}%`;
  }
  for (const each of stale.values()) each.remove();
  const corners = picked && kindOf(picked) === "polygon";
  how.textContent = tool ? how.dataset.drawing : [how.dataset.idle, ...(corners ? [how.dataset.corners] : [])].join(" ");
  for (const each of tools) each.setAttribute("aria-pressed", each.dataset.draw === tool);
  stage.classList.toggle("drawing-now", Boolean(tool));
}

function pick(row) {
  picked = row;
  for (const each of rowsOf()) each.classList.toggle("picked", each === row);
  draw();
}

// The pointer

function point(event) {
  const { left, top, width, height } = image.getBoundingClientRect();
  return [((event.clientX - left) * 100) / width, ((event.clientY - top) * 100) / height];
}

stage.addEventListener("pointerdown", (event) => {
  const from = point(event);
  const mark = event.target.closest("[data-index]");
  if (event.button || (!tool && !mark)) return;
  event.preventDefault();
  stage.setPointerCapture(event.pointerId);
  if (tool) {
    stroke = { from, now: from };
    return;
  }
  const row = rowsOf()[mark.dataset.index];
  stroke = { row, part: mark.dataset.part ?? "all", from, area: read(row) };
  pick(row);
  stage.querySelector(`[data-key="${mark.dataset.index} ${stroke.part}"]`)?.focus({ preventScroll: true });
});

// A finger on an area moves it and not the page, which touch-action cannot say of a part of a drawing.
stage.addEventListener("touchmove", (event) => { if (stroke) event.preventDefault(); }, { passive: false });

stage.addEventListener("pointermove", (event) => {
  if (!stroke) return;
  const now = point(event);
  if (stroke.row) write(stroke.row, changed(stroke.row, stroke.area, stroke.part, [now[0] - stroke.from[0], now[1] - stroke.from[1]]));
  else {
    stroke.now = now;
    draw();
  }
});

stage.addEventListener("pointerup", (event) => {
  const done = stroke;
  const now = point(event);
  stroke = null;
  if (!done) return;
  const isTap = Math.max(...[0, 1].map((side) => Math.abs(now[side] - done.from[side]))) < TAP;
  if (!done.row) addArea(SHAPES[tool].between(...(isTap ? around(done.from) : [done.from, now])));
  else if (isTap) tapped(done.row, Number(done.part), event.timeStamp);
});

// Twice on a corner takes it away. Counted here, because a browser tells no double click of what fingers did to a button.
function tapped(row, part, at) {
  const again = last.row === row && last.part === part && at - last.at < TWICE;
  last = again ? {} : { row, part, at };
  if (again) removeCorner(row, part);
}
stage.addEventListener("pointercancel", () => { stroke = null; draw(); });

// An area after one of its parts went some way.
function changed(row, area, part, way) {
  const shape = SHAPES[kindOf(row)];
  if (part === "all") return shape.moved(area, way);
  const [x, y] = shape.handles(area)[part];
  return shape.pulled(area, Number(part), [x + way[0], y + way[1]]);
}

function removeCorner(row, at) {
  const area = read(row);
  if (area?.corners && at < area.corners.length && area.corners.length > 3) write(row, { corners: area.corners.filter((_, place) => place !== at) });
}

// New areas

const around = ([x, y]) => [[x - 10, y - 10], [x + 10, y + 10]];

// The row is made by its own button, as without a picture; its name is asked for next.
function addArea(area) {
  const button = list.querySelector(`:scope > .buttons [data-shape="${tool}"]`);
  tool = "";
  button.click();
  const row = rowsOf().at(-1);
  write(row, area);
  pick(row);
}

for (const each of tools) {
  each.addEventListener("click", () => {
    tool = tool === each.dataset.draw ? "" : each.dataset.draw;
    draw();
  });
}

// A row that was added by its button, without drawing, begins in the middle.
new MutationObserver((changes) => {
  for (const row of changes.flatMap((each) => [...each.addedNodes])) {
    if (drawing.hidden || !row.matches?.(".qrow") || !row.isConnected) continue;
    row.querySelector("details.place").open = false;
    if (!read(row)) write(row, SHAPES[kindOf(row)].between([40, 40], [60, 60]));
  }
  draw();
}).observe(list.querySelector(":scope > ol"), { childList: true });

// The keyboard

stage.addEventListener("keydown", (event) => {
  const mark = event.target.closest("button");
  const arrow = ARROWS[event.key];
  if (!mark || !(arrow || event.key === "Delete")) return;
  event.preventDefault();
  const row = rowsOf()[mark.dataset.index];
  if (!arrow) removeCorner(row, Number(mark.dataset.part));
  else write(row, changed(row, read(row), mark.dataset.part, arrow.map((each) => each * STEP * (event.shiftKey ? 5 : 1))));
});
stage.addEventListener("focusin", (event) => {
  const row = rowsOf()[event.target.dataset.index];
  if (row && row !== picked) pick(row);
});
list.addEventListener("focusin", (event) => {
  const row = event.target.closest(".qrow");
  if (row && row !== picked) pick(row);
});

// The picture

function show() {
  const url = chooser.selectedOptions[0]?.dataset.url;
  drawing.hidden = !url;
  if (!url) return;
  if (image.getAttribute("src") !== url) image.src = url;
  image.alt = alt.value;
  for (const each of list.querySelectorAll(":scope > ol > li > details.place")) each.open = Boolean(each.querySelector("[aria-invalid]"));
  draw();
}

const panel = picturePanel(form.querySelector("[data-picture]"), form, alt, (told) => {
  const option = new Option(`${told.path.replace("media/", "")} (${told.kilobytes} KB)`, told.path);
  option.dataset.url = told.url;
  chooser.add(option);
  chooser.value = told.path;
  chooser.dispatchEvent(new Event("input", { bubbles: true }));
  show();
});
form.addEventListener("paste", (event) => panel.take(event, event.clipboardData));
chooser.addEventListener("change", show);
form.addEventListener("input", (event) => { if (!event.target.closest("#preview")) draw(); });
list.addEventListener("change", draw);
show();
