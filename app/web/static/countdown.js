// The countdown of a quiz. The server says how much time is left, with each page and again after a sleep; here is only
// the counting in between. At zero the page's form is sent, once the server agrees that the time is up.
// Everything stands in a function: quiz.js is on the same page and has names of its own.
(() => {
  const HIDDEN = "rak-clock-hidden";
  let clock = null; // the element that is counted in: a page turned by quiz.js brings another
  let deadline = 0; // by this device's clock
  let wall = 0; // this device's clock and its steady one at the last tick: a sleep or a changed clock moves them apart
  let steady = 0;
  let asking = false;
  let again = false; // something called for asking while it was asking
  let done = false;

  function adopt(element) {
    clock = element;
    done = false;
    deadline = Date.now() + 1000 * Number(clock.dataset.remaining);
    if (sessionStorage.getItem(HIDDEN)) clock.open = false;
    clock.addEventListener("toggle", () => {
      if (clock.open) sessionStorage.removeItem(HIDDEN);
      else sessionStorage.setItem(HIDDEN, "1");
    });
  }

  async function ask() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const reply = await fetch(clock.dataset.url);
      const told = await reply.json();
      if (told.remaining === null) deadline = Infinity;
      else deadline = Date.now() + 1000 * told.remaining;
      if (told.remaining === 0) finish();
    } catch {
      // No signal: it goes on counting, and asks again.
    } finally {
      setTimeout(() => {
        asking = false;
        if (again) {
          again = false;
          ask();
        }
      }, 3000);
    }
  }

  function finish() {
    if (done) return;
    done = true;
    const form = document.querySelector("form[data-turn], form[data-page]");
    if (form && !form.querySelector("[value=try_again], [value=redo]")) form.submit(); // what is typed goes with it
    else location.reload();
  }

  function show(seconds) {
    const words = clock.dataset;
    let text = words.last;
    if (seconds <= 0) text = words.over;
    else if (seconds > 60) text = words.many.replace("{n}", Math.ceil(seconds / 60));
    const place = clock.querySelector("[role=timer]");
    if (place.textContent !== text) place.textContent = text;
  }

  function tick() {
    const found = document.querySelector("[data-remaining]");
    if (!found) return;
    if (found !== clock) adopt(found);
    const slept = Math.abs((Date.now() - wall) - (performance.now() - steady)) > 2000 || performance.now() - steady > 10000;
    if (wall && slept) ask();
    wall = Date.now();
    steady = performance.now();
    if (deadline === Infinity) return;
    const seconds = Math.ceil((deadline - Date.now()) / 1000);
    show(seconds);
    if (seconds <= 0 && !done) ask();
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && clock) ask();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // kept by the browser, with the time of then
  });
  setInterval(tick, 1000);
  tick();
})();
