// A quiz page saves by itself through htmx. Here are only its words while it does, what happens when it cannot, and the
// way to the next question: one request that brings its page, where a form without scripts needs two.
let sending = false; // an answer is on its way
let waiting = null; // the button to press once it has arrived
let leaving = false; // the browser itself is sending the form
const loaded = new Set(Array.from(document.scripts, (each) => each.src));

const answer = () => document.getElementById("answer");
const saved = () => document.getElementById("saved");

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
    each.replaceWith(script);
  }
}

// The address is read as an attribute: a button called "action" hides the property.
async function turn(form, button) {
  const filled = new FormData(form);
  const fields = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled); // files go as they are
  if (button.name) fields.append(button.name, button.value);
  sending = true;
  say(saved().dataset.saving);
  try {
    const reply = await fetch(form.getAttribute("action"), { method: "POST", body: fields, headers: { "X-Wants": "page" } });
    const address = reply.headers.get("X-Address");
    if (reply.ok && address) show(await reply.text(), address);
    else send(form, button); // the browser shows what there is to say; the same answer twice does no harm
  } catch {
    fail(saved().dataset.failed, saved().dataset.retry, () => turn(form, button));
  } finally {
    sending = false;
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

document.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving || sending) {
    event.preventDefault();
    return;
  }
  sending = true;
  say(saved().dataset.saving);
});

document.addEventListener("htmx:afterRequest", (event) => {
  sending = false;
  const words = saved().dataset;
  const status = event.detail.xhr ? event.detail.xhr.status : 0;
  if (status === 401) fail(words.signedOut, words.signIn, null);
  else if (status === 409) saved().classList.add("wrong");
  else if (!event.detail.successful) fail(words.failed, words.retry, () => htmx.trigger(answer(), "change"));
  const button = waiting;
  waiting = null;
  if (button) turn(answer(), button);
});

// A button pressed while an answer is on its way waits for it: the older must never arrive after the newer.
document.addEventListener("submit", (event) => {
  if (!event.target.hasAttribute("data-turn") || !event.submitter || leaving) return;
  event.preventDefault();
  if (sending) waiting = event.submitter;
  else turn(event.target, event.submitter);
});

addEventListener("popstate", () => location.reload());

// Back again by the back button, on a page the browser had kept.
addEventListener("pageshow", () => {
  sending = leaving = false;
  waiting = null;
});
