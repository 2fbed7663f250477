// The outline of a course, made easier for fingers and mice: an activity is taken by its grip and carried to another place,
// of its module or another. Where it is let go, a form says so as the buttons do. Keyboards and pages without scripts have
// the buttons. A link to a folded part opens it and goes to its first field.
(() => {
  const EDGE = 70; // pixels from the window's edge in which carrying scrolls
  let carried = null; // the row under the pointer

  const listOf = (section) => section.querySelector(".works");
  const rowsOf = (list) => [...list.children];

  for (const row of document.querySelectorAll("[data-work]")) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.setAttribute("aria-hidden", "true");
    row.querySelector(".work").prepend(grip);
    grip.addEventListener("pointerdown", (event) => take(event, row));
  }

  // The whole page listens: a row that moves in the page loses the pointer it has caught.
  function take(event, row) {
    if (event.button || carried) return;
    event.preventDefault();
    const home = { list: row.parentElement, next: row.nextElementSibling };
    const listening = new AbortController();
    const until = { signal: listening.signal };
    const end = (wanted) => () => { listening.abort(); letGo(home, wanted); };
    carried = row;
    row.classList.add("carried");
    document.addEventListener("pointermove", (moved) => carry(moved.clientX, moved.clientY), until);
    document.addEventListener("pointerup", end(true), until);
    document.addEventListener("pointercancel", end(false), until);
  }

  function carry(x, y) {
    if (y < EDGE) scrollBy(0, -12);
    else if (y > innerHeight - EDGE) scrollBy(0, 12);
    const under = document.elementFromPoint(x, y);
    const section = under && under.closest("[data-module]");
    if (!section) return;
    const list = listOf(section) || emptyList(section);
    if (!list) return;
    const below = rowsOf(list).find((row) => row !== carried && y < middle(row));
    if (below) below.before(carried);
    else list.append(carried);
  }

  function middle(row) {
    const box = row.getBoundingClientRect();
    return box.top + box.height / 2;
  }

  // A module without activities has no list yet.
  function emptyList(section) {
    const words = section.querySelector(".lede");
    if (!words) return null;
    const list = document.createElement("ol");
    list.className = "rows works here-too";
    words.replaceWith(list);
    return list;
  }

  function letGo(home, wanted) {
    const row = carried;
    carried = null;
    row.classList.remove("carried");
    const list = row.parentElement;
    if (!wanted) home.list.insertBefore(row, home.next);
    else if (list !== home.list || row.nextElementSibling !== home.next) send(row, list);
  }

  function send(row, list) {
    const form = row.querySelector(".steps");
    const fields = { do: "place", module: list.closest("[data-module]").dataset.module, at: rowsOf(list).indexOf(row) };
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  }

  function open() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = place && (place.matches("details") ? place : place.querySelector("details"));
    if (!fold || !(place.matches("details") || place.querySelector(".lede"))) return;
    fold.open = true;
    fold.querySelector("input:not([type=hidden])").focus();
  }
  addEventListener("hashchange", open);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) setTimeout(open); // also to where the address stands already
  });
  open();
})();
