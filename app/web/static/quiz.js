// A quiz page saves by itself through htmx. Here are only its words while it does, and what happens when it cannot.
const form = document.getElementById("answer");
const saved = document.getElementById("saved");
const words = saved.dataset;
let sending = false; // an answer is on its way
let waiting = null; // the button to press once it has arrived
let leaving = false; // the button was pressed: the form itself carries the answer now

function fail(message, label, again) {
  const text = document.createElement("span");
  text.textContent = message + " ";
  const button = document.createElement("button");
  button.className = "link";
  button.name = "go"; // without htmx the form itself is sent: it leads to the sign-in page or to the saved answer
  button.value = "stay";
  button.textContent = label;
  if (again) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      htmx.trigger(form, "change");
    });
  }
  saved.classList.add("wrong");
  saved.replaceChildren(text, button);
}

form.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving) {
    event.preventDefault();
    return;
  }
  sending = true;
  saved.classList.remove("wrong");
  saved.textContent = words.saving;
});

form.addEventListener("htmx:afterRequest", (event) => {
  sending = false;
  const status = event.detail.xhr ? event.detail.xhr.status : 0;
  if (status === 401) fail(words.signedOut, words.signIn, false);
  else if (status === 409) saved.classList.add("wrong");
  else if (!event.detail.successful) fail(words.failed, words.retry, true);
  if (waiting && !leaving) form.requestSubmit(waiting);
});

// A button pressed while an answer is on its way waits for it: the older must never arrive after the newer.
form.addEventListener("submit", (event) => {
  if (sending && event.submitter) {
    event.preventDefault();
    waiting = event.submitter;
  } else {
    leaving = true;
  }
});

// Back again by the back button, on a page the browser had kept.
window.addEventListener("pageshow", () => {
  sending = leaving = false;
  waiting = null;
});
