// Pointing at a figure: a tap on an area chooses it in the list, a tap anywhere marks a free point, which arrow keys move.
// The point is told by the fields x and y, per cent from the left and the top; the lists of rows and columns follow it,
// and where a list is changed by hand, the point follows the list.
const STEP = 1; // per cent of a side that an arrow key moves the point; with Shift five times as much
const PAUSE = 700; // milliseconds after the last arrow key before the point is saved
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let unsaid = null; // the question whose point moved and was not told yet
let timer = 0;

const field = (node) => (node instanceof Element ? node.closest("fieldset[data-point], fieldset[data-areas]") : null);
const input = (point, name) => point.querySelector(`[name=${name}]`);
const within = (value) => Math.round(Math.min(Math.max(value, 0), 100) * 10) / 10;

function mark(point, x, y) {
  const drawing = point.querySelector(".figure > svg");
  let dot = drawing.querySelector(".point");
  if (!dot) {
    dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    dot.setAttribute("class", "point");
    dot.setAttribute("r", "9");
    drawing.append(dot);
  }
  dot.setAttribute("cx", `${x}%`);
  dot.setAttribute("cy", `${y}%`);
}

// Cells are counted as the server counts them.
function list(select, at) {
  const count = select.options.length - 1;
  select.selectedIndex = Math.min(Math.floor((at * count) / 100), count - 1) + 1;
}

function put(point, x, y) {
  input(point, "x").value = x;
  input(point, "y").value = y;
  list(input(point, "column"), x);
  list(input(point, "row"), y);
  mark(point, x, y);
}

function tell() {
  clearTimeout(timer);
  if (unsaid) input(unsaid, "x").dispatchEvent(new Event("change", { bubbles: true }));
  unsaid = null;
}

// A list was changed: the point goes to the middle of the cell, which is what the server makes of it.
function follow(point) {
  const [column, row] = [input(point, "column"), input(point, "row")];
  input(point, "x").value = input(point, "y").value = "";
  if (!column.value || !row.value) {
    point.querySelector(".point")?.remove();
    return;
  }
  const middle = (select) => ((select.selectedIndex - 0.5) * 100) / (select.options.length - 1);
  mark(point, middle(column), middle(row));
}

function markChosen(areas) {
  const inputs = areas.querySelectorAll("input[name=choice]");
  areas.querySelectorAll(".area").forEach((area, index) => area.classList.toggle("chosen", inputs[index].checked));
}

document.addEventListener("click", (event) => {
  const asked = field(event.target);
  if (!asked || !event.target.closest(".figure")) return;
  if ("areas" in asked.dataset) {
    const index = [...asked.querySelectorAll(".area")].indexOf(event.target.closest(".area"));
    if (index >= 0) asked.querySelectorAll("input[name=choice]")[index].click();
    return;
  }
  const { left, top, width, height } = asked.querySelector(".figure img").getBoundingClientRect();
  const [x, y] = [((event.clientX - left) * 100) / width, ((event.clientY - top) * 100) / height];
  if (x < 0 || x > 100 || y < 0 || y > 100) return;
  put(asked, within(x), within(y));
  unsaid = asked;
  tell();
});

document.addEventListener("keydown", (event) => {
  const arrow = ARROWS[event.key];
  const asked = arrow && event.target.matches("fieldset[data-point] .figure") ? field(event.target) : null;
  if (!asked) return;
  event.preventDefault();
  const dot = asked.querySelector(".point");
  const [x, y] = dot ? ["cx", "cy"].map((name) => parseFloat(dot.getAttribute(name))) : [50, 50];
  const far = event.shiftKey ? 5 * STEP : STEP;
  put(asked, within(x + far * arrow[0]), within(y + far * arrow[1]));
  unsaid = asked;
  clearTimeout(timer);
  timer = setTimeout(tell, PAUSE);
});

document.addEventListener("focusout", tell);

document.addEventListener("change", (event) => {
  const asked = field(event.target);
  if (!asked) return;
  if ("areas" in asked.dataset) markChosen(asked);
  else if (event.target.matches("select")) follow(asked);
});

// Questions come with the page, and later with pages that quiz.js puts in its place.
function scan() {
  for (const areas of document.querySelectorAll("fieldset[data-areas]:not(.pointable)")) {
    areas.classList.add("pointable");
    markChosen(areas);
  }
  for (const point of document.querySelectorAll("fieldset[data-point]:not(.pointable)")) {
    point.classList.add("pointable");
    const figure = point.querySelector(".figure");
    figure.tabIndex = 0;
    figure.setAttribute("role", "application"); // it takes the arrow keys
    figure.setAttribute("aria-label", point.dataset.point);
    const how = document.createElement("p");
    how.className = "how";
    how.textContent = point.dataset.point;
    how.setAttribute("aria-hidden", "true");
    figure.before(how);
  }
}

new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
scan();
