// A quiz page saves by itself through htmx. Here are its words while it does, what happens when it cannot or is left
// before, and the way to the next question: one request that brings its page, where a form without scripts needs two.
// What was given is kept on the phone by questions.js and page.js until it is known to have arrived.
let sending = false; // an answer is on its way
let given = ""; // that answer
let waiting = null; // the button to press once it has arrived
let leaving = false; // the browser itself is sending the form
const loaded = new Set(Array.from(document.scripts, (each) => each.src));
const stored = new WeakMap(); // form -> the answer the server is known to have from it; the others are kept

const answer = () => document.getElementById("answer");
const saved = () => document.getElementById("saved");

function remember() {
  if (answer()) stored.set(answer(), questions.answerOf(answer()));
}

function begin(form) {
  sending = true;
  if (!questions.keeps(form)) return;
  given = questions.answerOf(form);
  questions.doubt(form);
}

// The form's names are new by now, or it is about to go.
function acknowledge(form) {
  if (!questions.keeps(form)) return;
  stored.set(form, given);
  questions.settle(form, given);
}

function end(form) {
  sending = false;
  waiting = null;
  form.dispatchEvent(new Event("sent")); // questions.js waits for it
}

function say(message) {
  saved().classList.remove("wrong");
  saved().textContent = message;
}

function fail(message, label, again) {
  const text = document.createElement("span");
  text.textContent = message + " ";
  const button = document.createElement("button");
  button.className = "link";
  button.type = again ? "button" : "submit"; // sent by the browser, it leads to the sign-in page or the saved answer
  button.name = "go";
  button.value = "stay";
  button.textContent = label;
  button.addEventListener("click", again || (() => { leaving = true; }));
  saved().classList.add("wrong");
  saved().replaceChildren(text, button);
}

// Replace the page by another of this quiz. Back leads to the address before it, loaded anew.
function show(html, address) {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.title = next.title;
  document.body.replaceWith(next.body);
  history.pushState(null, "", address);
  load();
  if (window.htmx) htmx.process(document.body);
  remember();
  unsent.sendAll();
  scrollTo(0, 0);
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// A script that only the new page has does not run by being parsed.
function load() {
  for (const each of document.body.querySelectorAll("script[src]")) {
    if (loaded.has(each.src)) continue;
    loaded.add(each.src);
    const script = document.createElement("script");
    script.src = each.src;
    script.addEventListener("load", questions.notice);
    each.replaceWith(script);
  }
}

// What is in doubt is sent before anything later. Gives false where it does not arrive.
async function clear(form, again) {
  if (!questions.keeps(form) || !questions.inDoubt(form)) return true;
  sending = true;
  say(saved().dataset.saving);
  const cleared = await questions.clear(form);
  sending = false;
  if (!cleared) lost(form, again);
  return cleared;
}

function lost(form, again) {
  fail(saved().dataset.failed, saved().dataset.retry, again);
  unsent.failed();
  end(form);
}

// Files go by themselves, and the page is left only once they have arrived: what a phone may send for minutes is not
// trusted to a page of somebody's network.
async function sendFiles(form) {
  if (!(await clear(form, () => sendFiles(form)))) return;
  begin(form);
  say(saved().dataset.saving);
  const told = await unsent.post(form.getAttribute("action"), questions.said(form));
  if (unsent.hasArrived(told)) await refresh(form, told);
  else if (told.reason) {
    const words = unsent.home().dataset;
    questions.halt(form);
    fail(told.error, told.reason === "newer" ? words.both : words.look, null);
  } else if (told.status === 401) fail(saved().dataset.signedOut, saved().dataset.signIn, null);
  else if (told.status === 413) fail(told.error, saved().dataset.retry, null);
  else return lost(form, () => sendFiles(form));
  end(form);
}

// The same question as it stands now that its files are stored; what was not taken is said above it.
async function refresh(form, told) {
  questions.rename(form, told);
  acknowledge(form);
  say(told.saved);
  const address = form.getAttribute("action").replace("/answers/", "?slot=");
  const reply = await fetch(address).catch(() => null);
  if (!reply || !reply.ok) return;
  show(await reply.text(), address);
  await unsent.sendAll();
  if (told.files) unsent.show({ told: told.files });
}

// The address is read as an attribute: a button called "action" hides the property.
async function turn(form, button) {
  if (button.hasAttribute("data-sending")) return sendFiles(form);
  const again = () => turn(form, button);
  if (!(await clear(form, again))) return;
  const filled = new FormData(form);
  const fields = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled); // files go as they are
  if (button.name) fields.append(button.name, button.value);
  begin(form);
  say(saved().dataset.saving);
  try {
    const reply = await fetch(form.getAttribute("action"), { method: "POST", body: fields, headers: { "X-Wants": "page" } });
    const address = reply.headers.get("X-Address");
    if (reply.ok && address) {
      acknowledge(form);
      show(await reply.text(), address);
    } else send(form, button); // the browser shows what there is to say; the same answer twice does no harm
    end(form);
  } catch {
    lost(form, again);
  }
}

function send(form, button) {
  leaving = true;
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = button.name;
  pressed.value = button.value;
  form.append(pressed);
  form.submit();
}

// Left before it was sent: it goes on its way all the same, and stays on the phone until it is known to have arrived.
// Files are too much for that: they only stay.
async function leave() {
  const form = answer();
  if (!form || !questions.keeps(form) || form.querySelector("[data-sending]") || sending || leaving) return;
  if (questions.answerOf(form) === stored.get(form) || questions.inDoubt(form)) return;
  questions.keep(form);
  begin(form);
  try {
    const reply = await fetch(form.getAttribute("action"), {
      method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true, headers: { Accept: "application/json" },
    });
    const told = await reply.json();
    if (reply.ok && told.saved !== undefined) {
      say(told.saved);
      questions.rename(form, told);
      acknowledge(form);
    }
  } catch {
    // It is kept, and sent once somebody looks at a page again.
  } finally {
    end(form);
  }
}

// Nothing is given up before everything is sent: what cannot be is said, and the learner decides.
function handIn(form, button) {
  const answers = form.getAttribute("action").replace(/finish$/, "answers/");
  unsent.before((url) => url.startsWith(answers), "handIn", () => turn(form, button));
}

const save = () => htmx.trigger(answer(), "change");

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  const late = questions.inDoubt(form);
  if (leaving || sending || late) event.preventDefault();
  if (leaving || sending) return;
  if (late) {
    clear(form, save).then((cleared) => cleared && save());
    return;
  }
  begin(form);
  say(saved().dataset.saving);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt: form, xhr, successful } = event.detail;
  const words = saved().dataset;
  const status = xhr ? xhr.status : 0;
  const button = waiting;
  // Some networks answer everything with a page of their own, which is no acknowledgement.
  const arrived = successful && (xhr.getResponseHeader("HX-Redirect") || xhr.responseText.includes('id="seen"'));
  if (arrived) acknowledge(form);
  else if (status === 409) {
    saved().classList.add("wrong");
    questions.halt(form);
  } else {
    if (status === 401) fail(words.signedOut, words.signIn, null);
    else fail(words.failed, words.retry, save);
    unsent.failed();
  }
  end(form);
  if (button) turn(answer(), button);
});

// A button pressed while an answer is on its way waits for it: the older must never arrive after the newer.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-turn") || !event.submitter || leaving) return;
  event.preventDefault();
  if (sending) waiting = event.submitter;
  else if (event.target.getAttribute("action").endsWith("/finish")) handIn(event.target, event.submitter);
  else turn(event.target, event.submitter);
});

// What is kept of this question is to be sent.
document.addEventListener("send", (event) => {
  const files = event.target.querySelector("[data-sending]");
  if (!files && !window.htmx) return;
  event.preventDefault();
  if (files) event.target.requestSubmit(files);
  else htmx.trigger(event.target, "change");
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leave();
});
addEventListener("pagehide", leave);
addEventListener("popstate", () => location.reload());

// Back again by the back button, on a page the browser had kept.
addEventListener("pageshow", () => {
  sending = leaving = false;
  waiting = null;
});

remember();
