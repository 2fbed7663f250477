// A page with all questions: each is saved by itself when it changes, as its own page would save it. One answer of a
// question is on its way at a time, the latest last. Without this script the form's buttons save all of them.
const form = document.getElementById("answer");
const busy = new Set(); // questions whose answer is on its way
const again = new Set(); // and that changed meanwhile
const timers = new Map();

function fields(prefix) {
  const found = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(prefix)) found.append(name.slice(prefix.length), value);
    else if (name === "form_token") found.append(name, value);
  }
  return found;
}

function say(section, text, wrong) {
  const saved = section.querySelector(".saved");
  saved.classList.toggle("wrong", wrong);
  saved.textContent = text;
}

async function save(section) {
  const prefix = `s${section.dataset.slot}-`;
  if (busy.has(section)) {
    again.add(section);
    return;
  }
  busy.add(section);
  const words = section.querySelector(".saved").dataset;
  say(section, words.saving, false);
  try {
    const reply = await fetch(`${form.getAttribute("action")}/${section.dataset.slot}`, {
      method: "POST", body: fields(prefix), headers: { "HX-Request": "true" },
    });
    if (reply.headers.get("HX-Redirect")) location.assign(reply.headers.get("HX-Redirect"));
    if (!reply.ok) throw new Error(String(reply.status));
    const told = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const each of told.querySelectorAll("input")) section.querySelector(`[name="${prefix}${each.name}"]`).value = each.value;
    say(section, told.body.textContent.trim(), false);
  } catch {
    say(section, words.failed, true);
  } finally {
    busy.delete(section);
    if (again.delete(section)) save(section);
  }
}

function later(event, pause) {
  const section = event.target.closest("section[data-slot]");
  if (!section || !section.querySelector(".saved")) return;
  clearTimeout(timers.get(section));
  timers.set(section, setTimeout(save, pause, section));
}

form.addEventListener("change", (event) => later(event, 0));
form.addEventListener("input", (event) => { if (event.target.matches("input[type=text], textarea")) later(event, 1500); });
