// A page with all questions: each is saved by itself when it changes, as its own page would save it. One answer of a
// question is on its way at a time, the latest last. What was given is kept on the phone by questions.js and page.js until
// it is known to have arrived. Without this script the form's buttons save all of them.
const form = document.getElementById("answer");
const sections = [...form.querySelectorAll("[data-answer]")];
const busy = new Map(); // question -> what is on its way
const again = new Set(); // and those that changed meanwhile
const timers = new Map();
const stored = new Map(sections.map((section) => [section, questions.answerOf(section)])); // what the server is known to have
let gathering = false;
let sure = false;

function say(section, text, control = null) {
  const saved = section.querySelector(".saved");
  saved.classList.toggle("wrong", Boolean(control));
  saved.replaceChildren(text, ...(control ? [" ", control] : []));
}

function retry(section) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = form.dataset.retry;
  made.addEventListener("click", () => save(section));
  return made;
}

function link(text, href) {
  const made = document.createElement("a");
  made.textContent = text;
  made.href = href;
  return made;
}

// Both answers are chosen from on the question's own page, which finds the one of this phone there.
function wayOut(section, told) {
  const words = unsent.home().dataset;
  const attempt = form.getAttribute("action").replace(/\/answers$/, "");
  return told.reason === "newer" ? link(words.both, `${attempt}?slot=${section.dataset.slot}`) : link(words.look, attempt);
}

function failed(section, told) {
  const enter = () => link(unsent.home().dataset.enter, unsent.home().dataset.signIn);
  if (told.status === 401) say(section, form.dataset.signedOut, enter());
  else say(section, form.dataset.failed, retry(section));
  unsent.failed();
}

async function send(section) {
  say(section, form.dataset.saving);
  if (questions.inDoubt(section) && !(await questions.clear(section))) return failed(section, { status: 0 });
  const said = questions.said(section);
  questions.doubt(section);
  const told = await unsent.post(questions.addressOf(section), said);
  if (unsent.hasArrived(told)) {
    stored.set(section, said.answer);
    questions.rename(section, told);
    questions.settle(section, said.answer);
    say(section, told.saved);
  } else if (told.reason) {
    questions.halt(section);
    say(section, told.error, wayOut(section, told));
  } else failed(section, told);
}

async function sendLatest(section) {
  do await send(section);
  while (again.delete(section));
  busy.delete(section);
  section.dispatchEvent(new Event("sent")); // questions.js waits for it
}

function save(section) {
  clearTimeout(timers.get(section));
  timers.delete(section);
  if (busy.has(section)) again.add(section);
  else busy.set(section, sendLatest(section));
  return busy.get(section);
}

function later(event, pause) {
  const section = event.target.closest("[data-answer]");
  if (!section) return;
  clearTimeout(timers.get(section));
  timers.set(section, setTimeout(save, pause, section));
}

const open = () => sections.filter((each) => questions.answerOf(each) !== stored.get(each) && !questions.halted.has(each));

// A button: what is not saved yet goes first, and what cannot be keeps the page. What was refused is left out, as the
// learner has yet to choose.
form.addEventListener("submit", async (event) => {
  if (sure) return;
  event.preventDefault();
  if (gathering) return;
  gathering = true;
  await Promise.all(open().map(save));
  gathering = false;
  if (open().length) {
    document.getElementById("unsent").focus();
    return;
  }
  for (const section of sections.filter((each) => questions.halted.has(each))) {
    for (const each of section.querySelectorAll("input, select, textarea")) each.disabled = true;
  }
  sure = true;
  form.requestSubmit(event.submitter);
});

form.addEventListener("change", (event) => later(event, 0));
form.addEventListener("input", (event) => { if (event.target.matches("input[type=text], textarea")) later(event, 1500); });
document.addEventListener("send", (event) => {
  event.preventDefault();
  save(event.target);
});

// Left before what was typed was sent: it goes on its way all the same.
function leave() {
  for (const section of [...timers.keys()]) save(section);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leave();
});
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
