// The editor of a quiz, made quicker: what a draw would find and what does not go together is told while one types, and
// cards are dragged into their order. Without scripts the same is told after saving, and buttons move the cards.
const PAUSE = 400; // milliseconds after the last key before the server is asked

function debounced(form, ask) {
  let timer = 0;
  let latest = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const turn = ++latest;
      try {
        const answer = await ask(new FormData(form));
        if (answer && turn === latest) answer();
      } catch {
        // no signal: it is told after saving
      }
    }, PAUSE);
  });
}

async function post(url, fields) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers: { "X-Requested-With": "fetch" } });
  return answer.ok && !answer.redirected ? answer : null;
}

// A draw: how many of the bank's questions fit; only the tags that the bank has
for (const form of document.querySelectorAll("form[data-fits]")) {
  const bank = form.elements.from;
  const narrow = () => {
    for (const label of form.querySelectorAll("[data-banks]")) {
      const box = label.querySelector("input");
      label.hidden = Boolean(bank.value) && !label.dataset.banks.split(" ").includes(bank.value) && !box.checked;
    }
  };
  narrow();
  bank.addEventListener("change", narrow);
  debounced(form, async (fields) => {
    if (!bank.value) return null;
    const answer = await post(form.dataset.fits, fields);
    const words = answer && (await answer.text());
    return words && (() => { form.querySelector(".fits").textContent = words; });
  });
}

// Settings: what does not go together, at its field
for (const form of document.querySelectorAll("form[data-checks]")) {
  debounced(form, async (fields) => {
    const answer = await post(form.dataset.checks, fields);
    const faults = answer && (await answer.json());
    return faults && (() => show(form, faults));
  });
}

function show(form, faults) {
  for (const old of document.querySelectorAll("[data-told]")) old.remove();
  for (const { field, words } of faults) {
    const told = document.createElement("p");
    told.className = "field-fault";
    told.dataset.told = "";
    told.setAttribute("role", "alert");
    told.textContent = words;
    const place = form.querySelector(`[data-field="${CSS.escape(field)}"]`) ?? form.querySelector(".presets");
    place.append(told);
    place.closest("details")?.setAttribute("open", "");
  }
}

// Cards are dragged by their grip; the form of the page then says from where to where
for (const list of document.querySelectorAll("ol[data-sorts]")) {
  const drop = document.getElementById("drop");
  let held = null;
  for (const card of list.children) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.title = list.dataset.how;
    grip.setAttribute("aria-hidden", "true"); // the buttons move it too
    card.querySelector(".what").prepend(grip);
    grip.addEventListener("pointerdown", (event) => {
      held = card;
      card.classList.add("dragged");
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    grip.addEventListener("pointermove", (event) => held && place(event.clientY));
    grip.addEventListener("pointerup", () => end(true));
    grip.addEventListener("pointercancel", () => end(false));
  }

  function place(y) {
    if (y < 60) scrollBy(0, -12);
    if (y > innerHeight - 60) scrollBy(0, 12);
    for (const other of list.children) {
      const box = other.getBoundingClientRect();
      if (other === held || y < box.top || y > box.bottom) continue;
      const after = held.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (after && y > box.top + box.height / 2) other.after(held);
      if (!after && y < box.top + box.height / 2) other.before(held);
      return;
    }
  }

  function end(dropped) {
    const card = held;
    held = null;
    card?.classList.remove("dragged");
    const to = [...list.children].indexOf(card);
    if (!dropped || !card || to === Number(card.dataset.at)) return;
    drop.elements.at.value = card.dataset.at;
    drop.elements.to.value = to;
    drop.requestSubmit();
  }
}
