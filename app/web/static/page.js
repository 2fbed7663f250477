// What every page may need: the box that shows a password, and the answers that are still on this phone.

// "Tampilkan": shows the password fields of its form while it is ticked. Without scripts there is no such box.
for (const box of document.querySelectorAll("input.shows-password")) {
  const fields = box.form.querySelectorAll("input[type=password]");
  box.closest("label").hidden = false;
  box.addEventListener("change", () => {
    for (const field of fields) field.type = box.checked ? "text" : "password";
  });
  box.form.addEventListener("submit", () => {
    for (const field of fields) field.type = "password";
  });
}

// Unsent answers. Each is kept in this browser, under its person, attempt and slot, from the moment it is given until the
// server has acknowledged exactly what is kept: through a lost signal, a reload, a closed or a killed browser. Any page of
// that person sends what is left, with the names of the page it was given on (`page`, `seen`), so that the server can tell
// whether another device wrote meanwhile. An answer that was sent and not acknowledged is in doubt: it is sent again,
// unchanged, before a later one, which then goes under new names, so that the first cannot overwrite it however late it
// arrives. Pages of another person neither show nor send anything. Clocks play no part. Where a browser keeps nothing (some
// private windows), an answer is saved from the page it stands on, or not at all.
// (One file, though it is long: each further one is a request of a first visit.)
const unsent = (() => {
  const FORMS = "form[hx-post*='/answers/']"; // a question that may be answered; quiz.js sends it
  const ADDRESS = /\/attempts\/(\d+)\/answers\/(\d+)$/;
  const OF_THE_PAGE = ["form_token", "page", "seen", "go", "action"]; // fields that are no part of the answer
  const PATIENCE = 20_000; // milliseconds for one request
  const SHORT = 10_000; // milliseconds until the first try again
  const touched = new WeakSet(); // forms that hold what this person gave here
  const halted = new WeakSet(); // forms whose answer was refused: sending it again changes nothing
  const latest = new Map(); // address -> the record to be written next
  const doubts = new Map(); // address -> what this page sent of it and nobody answered: { answer, page, seen }
  let wait = SHORT; // milliseconds until the next try
  let timer = 0;
  let running = null;
  let asking = false;

  const home = () => document.getElementById("unsent"); // null: nobody is signed in
  const numbers = (url) => ADDRESS.exec(url).slice(1).map(Number);
  const key = (url) => [Number(home().dataset.person), ...numbers(url)];
  const names = (form) => ["page", "seen"].map((name) => form.querySelector(`input[name=${name}]`));
  // Where both answers stand to be chosen from, the learner has the word.
  const choosing = (url) => [...document.querySelectorAll("a[data-forgets]")].some((each) => each.dataset.forgets === url);
  const formOf = (url) => [...document.querySelectorAll(FORMS)].find((form) => form.getAttribute("action") === url);

  // The store. Steps follow each other in the order they were asked for; one that fails gives null.
  const opened = new Promise((resolve) => {
    try {
      const asked = indexedDB.open("rak", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("unsent");
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  let steps = opened;

  function step(mode, work) {
    const done = () => opened.then((database) => new Promise((resolve, reject) => {
      const transaction = database.transaction("unsent", mode, { durability: "strict" });
      let result = null;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = reject;
      work(transaction.objectStore("unsent"), (found) => { result = found; });
    })).catch(() => null);
    steps = steps.then(done);
    return steps;
  }

  function find(url) {
    return step("readonly", (store, give) => {
      store.get(key(url)).onsuccess = (event) => give(event.target.result);
    });
  }

  async function records() {
    if (!home()) return [];
    const me = Number(home().dataset.person);
    const found = await step("readonly", (store, give) => {
      store.getAll(IDBKeyRange.bound([me], [me, []])).onsuccess = (event) => give(event.target.result);
    });
    return found || [];
  }

  // Whether a form's answer can be kept: files are no text.
  const keeps = (form) => form.matches(FORMS) && !form.querySelector("[type=file]");

  // What a form says, as text to compare and to send.
  function answerOf(form) {
    const given = [...new FormData(form)].filter(([name, value]) => !OF_THE_PAGE.includes(name) && typeof value === "string");
    return new URLSearchParams(given).toString();
  }

  function said(form) {
    const [page, seen] = names(form).map((field) => field.value);
    return { answer: answerOf(form), page, seen };
  }

  function rename(form, { page, seen }) {
    const fields = names(form);
    [fields[0].value, fields[1].value] = [page, seen];
  }

  // Keep what a form holds now. Of several in a hurry only the newest is written.
  function keep(form) {
    touched.add(form);
    halted.delete(form);
    const url = form.getAttribute("action");
    latest.set(url, { url, ...said(form), doubt: doubts.get(url) || null, refused: null });
    step("readwrite", (store) => {
      const record = latest.get(url);
      if (record) store.put(record, key(url));
      latest.delete(url);
    });
  }

  // What is kept becomes what `next` makes of it; nothing: it is forgotten.
  function change(url, next) {
    return step("readwrite", (store) => {
      store.get(key(url)).onsuccess = (event) => {
        const record = event.target.result;
        const made = record && next(record);
        if (made) store.put(made, key(url));
        else store.delete(key(url));
      };
    });
  }

  // The server has this answer. A later one that is kept by now stays, and goes under the new names.
  function settle(url, answer, { page, seen }) {
    doubts.delete(url);
    return change(url, (record) => (record.answer === answer ? null : { ...record, page, seen, doubt: null }));
  }

  // The server will never take this answer; a later one may fare better.
  function refuse({ url, answer }, reason, sentence) {
    return change(url, (record) => (record.answer === answer ? { ...record, refused: { reason, sentence } } : record));
  }

  const forget = (url) => change(url, () => null);

  // Put a kept answer back into its form. Where rows were added meanwhile, it goes on under the names it was given with.
  function fill(form, record) {
    const values = new Map();
    for (const [name, value] of new URLSearchParams(record.answer)) values.set(name, [...(values.get(name) || []), value]);
    const before = answerOf(form);
    for (const control of form.elements) {
      if (!control.name || OF_THE_PAGE.includes(control.name) || control.type === "submit") continue;
      const given = values.get(control.name) || [];
      if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
      else control.value = given.shift() || "";
      control.dispatchEvent(new Event("change")); // for scripts that draw the control; the form does not hear it
    }
    if (names(form)[1].value !== String(record.seen)) rename(form, record);
    if (record.doubt) doubts.set(record.url, record.doubt);
    keep(form);
    if (answerOf(form) !== before) home().dataset.filled = "1";
  }

  // An answer whose question is open here is sent by its form, so that one save at a time is on its way.
  async function sendByForm(form, record) {
    if (!touched.has(form)) fill(form, record);
    await new Promise((resolve) => {
      form.addEventListener("sent", resolve, { once: true });
      setTimeout(resolve, PATIENCE + 5000);
      htmx.trigger(form, "change");
    });
    return halted.has(form) || !(await find(record.url)) ? "" : "away";
  }

  // Send an answer as it was given. Gives what was told, or { status } alone: 0 where nothing came back. What is no JSON
  // is the page of somebody's network, and no acknowledgement.
  async function post(url, { answer, page, seen }) {
    const fields = new URLSearchParams(answer);
    const more = { form_token: document.querySelector("[name=form_token]").value, page, seen };
    for (const [name, value] of Object.entries(more)) fields.set(name, value);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(url, { method: "POST", body: fields, headers: { Accept: "application/json" }, signal: stop.signal });
      return { ...(await reply.json()), status: reply.status };
    } catch {
      return { status: 0 };
    } finally {
      clearTimeout(late);
    }
  }

  const hasArrived = (told) => told.status === 200 && told.saved !== undefined;

  // Send again what is in doubt; `form`: where it stands, if it does. Gives the names a later answer goes under; null
  // where still nobody answers.
  async function clear(url, doubt, form) {
    const told = await post(url, doubt);
    if (!hasArrived(told)) {
      const refused = told.status >= 400 && told.status < 500; // then it is not there, and there is no doubt
      if (refused) doubts.delete(url);
      return refused ? doubt : null;
    }
    if (form) rename(form, told);
    await settle(url, doubt.answer, told);
    return told;
  }

  function inDoubt(form) {
    const doubt = doubts.get(form.getAttribute("action"));
    return doubt !== undefined && doubt.answer !== answerOf(form);
  }

  async function clearForm(form) {
    const url = form.getAttribute("action");
    return (await clear(url, doubts.get(url), form)) !== null;
  }

  function doubt(form) {
    doubts.set(form.getAttribute("action"), said(form));
  }

  function halt(form) {
    halted.add(form);
    doubts.delete(form.getAttribute("action"));
    show();
  }

  // Gives "" where the answer is settled or refused for good, else what stands in the way.
  async function send(record) {
    const form = formOf(record.url);
    if (form && window.htmx) return sendByForm(form, record);
    const under = record.doubt ? await clear(record.url, record.doubt, null) : record;
    if (!under) return "away";
    const told = await post(record.url, { ...under, answer: record.answer });
    if (hasArrived(told)) await settle(record.url, record.answer, told);
    else if (told.reason) await refuse(record, told.reason, told.error);
    else if (told.status === 404) await refuse(record, "gone", home().dataset.gone);
    else return told.status === 401 ? "signed out" : "away";
    return "";
  }

  function due(record) {
    if (choosing(record.url)) return false;
    const form = formOf(record.url);
    return form ? !halted.has(form) && (!record.refused || !touched.has(form)) : !record.refused;
  }

  async function sendEach() {
    clearTimeout(timer);
    const waiting = (await records()).filter(due);
    const slow = setTimeout(() => show(), 2000);
    let trouble = "";
    for (const record of waiting) {
      trouble = await send(record);
      if (trouble) break;
    }
    clearTimeout(slow);
    const left = await records();
    const sent = waiting.filter((record) => !left.some((each) => each.url === record.url)).length;
    if (sent) wait = SHORT;
    if (trouble === "away") later();
    await show({ sent, signedOut: trouble === "signed out" });
    return sent;
  }

  // Send what is left, one after the other, the oldest question first. Gives how many arrived.
  function sendAll() {
    if (!running) running = sendEach().finally(() => { running = null; });
    return running;
  }

  // The same by itself. A page that lists what is answered is out of date once something arrived.
  async function again() {
    if ((await sendAll()) && document.querySelector("form[data-turn][action$='/finish']")) location.reload();
  }

  // Try again after a while, each time after a longer one, and not all phones of a room at once.
  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => document.hidden || again(), wait * (0.5 + Math.random()));
    wait = Math.min(2 * wait, 300_000);
  }

  // A save failed on its page: say how many are kept, and try again after a while.
  function failed() {
    later();
    show();
  }

  function line(text, ...controls) {
    const made = document.createElement("p");
    made.append(text, ...controls.flatMap((each) => [" ", each]));
    return made;
  }

  function link(text, href) {
    const made = document.createElement("a");
    made.textContent = text;
    made.href = href;
    return made;
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function refusedLine(record, words) {
    const [, slot] = numbers(record.url);
    const page = record.url.replace(/\/answers\/.*/, "");
    const text = `${words.slot.replace("{n}", slot)}: ${record.refused.sentence}`;
    if (record.refused.reason === "newer") return line(text, link(words.both, `${page}?slot=${slot}`));
    const close = button(words.close, () => forget(record.url).then(() => show()));
    return record.refused.reason === "gone" ? line(text, close) : line(text, link(words.look, page), close);
  }

  // Say what is left on this phone. `anyway`: what the learner may do all the same, its words and the deed.
  async function show({ sent = 0, signedOut = false, anyway = null } = {}) {
    const place = home();
    if (!place) return;
    const words = place.dataset;
    const kept = (await records()).filter((record) => !choosing(record.url) && !halted.has(formOf(record.url)));
    const waiting = kept.filter((record) => !record.refused).length;
    const refused = kept.filter((record) => record.refused && !formOf(record.url));
    const lines = refused.map((record) => refusedLine(record, words));
    if (waiting || anyway) lines.push(line(words.stay));
    if (signedOut) lines.unshift(line(words.signedOut, link(words.enter, `${words.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`)));
    else if (waiting) lines.unshift(line((waiting > 1 ? words.many : words.one).replace("{n}", waiting), button(words.send, again)));
    if (anyway) lines.push(line("", button(anyway.words, anyway.act)));
    place.classList.toggle("wrong", lines.length > 0);
    if (sent && !waiting) lines.unshift(line(words.sent));
    if (words.filled) lines.unshift(line(words.restored));
    place.replaceChildren(...lines);
    place.hidden = !lines.length;
    if (anyway) place.focus();
  }

  // Before something that would leave answers behind: send them first. What cannot be sent is said, and the learner
  // decides. `concerns` tells of an address whether its answer is meant; `what` names the words for going on all the same.
  async function before(concerns, what, act) {
    if (asking) return;
    asking = true;
    const open = async () => (await records()).some((record) => concerns(record.url) && (!record.refused || record.refused.reason === "newer"));
    if (await open()) {
      home().hidden = false;
      home().replaceChildren(line(home().dataset.sending));
      await sendAll();
    }
    asking = false;
    if (await open()) show({ anyway: { words: home().dataset[what], act } });
    else act();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-signs-out") || form.dataset.sure || !home()) return;
    event.preventDefault();
    before(() => true, "leave", () => {
      form.dataset.sure = "1";
      event.submitter.click();
    });
  });

  // "Pakai yang tersimpan": the answer of this phone is given up.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("a[data-forgets]");
    if (!chosen || !home()) return;
    event.preventDefault();
    forget(chosen.dataset.forgets).then(() => location.assign(chosen.href));
  });

  document.addEventListener("DOMContentLoaded", again);
  document.addEventListener("visibilitychange", () => document.hidden || again());
  addEventListener("online", again);
  return { FORMS, answerOf, before, clearForm, doubt, failed, halt, inDoubt, keep, keeps, rename, said, sendAll, settle, show };
})();
