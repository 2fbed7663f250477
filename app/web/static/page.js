// What every page may need: the box that shows a password, files put into a field by a script, and the answers that are
// still on this phone.

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

// Files put into a field in place of those chosen there; gives whether this browser lets a script do that. `filesIn` tells
// what was put into a field.
const filesIn = new WeakMap();

function putFiles(input, files) {
  try {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    filesIn.set(input, files);
    return true;
  } catch {
    return false;
  }
}

// Unsent answers. Each is kept in this browser, under its person, attempt and slot, from the moment it is given until the
// server has acknowledged exactly what is kept: through a lost signal, a reload, a closed or a killed browser. Any page of
// that person sends what is left, with the names of the page it was given on (`page`, `seen`), so that the server can tell
// whether another device wrote meanwhile. An answer that was sent and not acknowledged is in doubt: it is sent again,
// unchanged, before a later one, which then goes under new names, so that the first cannot overwrite it however late it
// arrives. Pages of another person neither show nor send anything. Clocks play no part. Where a browser keeps nothing (some
// private windows), or files are more than it may keep, an answer is saved from the page it stands on, or not at all, and
// the page says so. What is open on this page to be answered is the business of questions.js, which joins in by `meet`.
// (One file, though it is long: each further one is a request of a first visit.)
//
// A record: { url, answer, page, seen, files, doubt, refused }. `answer`: the fields as text, files among them by their
// names; `files`: themselves; `doubt`: what was sent before, { answer, page, seen, files }; `refused`: { reason, sentence }.
const unsent = (() => {
  const ADDRESS = /\/attempts\/(\d+)\/answers\/(\d+)$/;
  const MOST = 20_000_000; // bytes of files kept for one person
  const SHORT = 10_000; // milliseconds until the first try again
  const latest = new Map(); // address -> the record that was to be written last
  const held = new Set(); // addresses of what waits here, as far as this page knows
  const unkept = new Set(); // addresses of what this phone could not keep
  let questions = { due: (record) => !record.refused, restore() {}, send: () => null, has: () => false, halted: () => false };
  let wait = SHORT; // milliseconds until the next try
  let timer = 0;
  let running = null;
  let asking = false;

  const home = () => document.getElementById("unsent"); // null: nobody is signed in
  const numbers = (url) => ADDRESS.exec(url).slice(1).map(Number);
  const key = (url) => [Number(home().dataset.person), ...numbers(url)];
  const size = (record) => (record.files || []).reduce((sum, file) => sum + file.size, 0); // bytes
  const patience = (record) => 20_000 + size(record) / 2; // milliseconds for one request: 2 KB/s at least
  // Where both answers stand to be chosen from, the learner has the word.
  const choosing = (url) => [...document.querySelectorAll("a[data-forgets]")].some((each) => each.dataset.forgets === url);

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

  function all(store) {
    const me = Number(home().dataset.person);
    return store.getAll(IDBKeyRange.bound([me], [me, []]));
  }

  function find(url) {
    return step("readonly", (store, give) => {
      store.get(key(url)).onsuccess = (event) => give(event.target.result);
    });
  }

  async function records() {
    if (!home()) return [];
    const found = await step("readonly", (store, give) => {
      all(store).onsuccess = (event) => give(event.target.result);
    });
    held.clear();
    for (const record of found || []) if (!record.refused) held.add(record.url);
    return found || [];
  }

  // Keep an answer; of several in a hurry only the newest is written. What cannot be kept whole is not kept in part.
  async function keep(record) {
    const { url } = record;
    latest.set(url, record);
    held.add(url);
    const kept = await step("readwrite", (store, give) => {
      if (latest.get(url) !== record) return;
      const put = () => { store.put(record, key(url)).onsuccess = () => give(true); };
      if (!size(record)) put();
      else {
        all(store).onsuccess = (event) => {
          const others = event.target.result.filter((each) => each.url !== url);
          if (size(record) + others.reduce((sum, each) => sum + size(each), 0) > MOST) store.delete(key(url));
          else put();
        };
      }
    });
    if (latest.get(url) !== record) return;
    if (kept) unkept.delete(url);
    else {
      unkept.add(url);
      forget(url);
    }
  }

  // What is kept becomes what `next` makes of it; nothing: it is forgotten.
  function change(url, next) {
    return step("readwrite", (store) => {
      store.get(key(url)).onsuccess = (event) => {
        const record = event.target.result;
        const made = record && next(record);
        if (made) store.put(made, key(url));
        else store.delete(key(url));
        if (!made || made.refused) held.delete(url);
      };
    });
  }

  // The server has this answer. A later one that is kept by now stays, and goes under the new names.
  function settle(url, answer, { page, seen }) {
    if (latest.get(url)?.answer === answer) unkept.delete(url);
    return change(url, (record) => (record.answer === answer ? null : { ...record, page, seen, doubt: null }));
  }

  // The server will never take this answer; a later one may fare better.
  function refuse({ url, answer }, reason, sentence) {
    return change(url, (record) => (record.answer === answer ? { ...record, refused: { reason, sentence } } : record));
  }

  const forget = (url) => change(url, () => null);

  // How many other answers of the same attempt wait here.
  function others(url) {
    const attempt = url.replace(/\d+$/, "");
    return [...held].filter((each) => each !== url && each.startsWith(attempt)).length;
  }

  function body(url, { answer, page, seen, files = [] }) {
    const token = document.querySelector("[name=form_token]").value;
    const fields = new URLSearchParams(answer);
    fields.delete("upload");
    for (const [name, value] of Object.entries({ form_token: token, page, seen, unsent: others(url) })) fields.set(name, value);
    if (!files.length) return fields;
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    for (const file of files) form.append("upload", file, file.name);
    return form;
  }

  // Send an answer as it was given. Gives what was told, or { status } alone: 0 where nothing came back. What is no JSON
  // is the page of somebody's network, and no acknowledgement.
  async function post(url, given) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), patience(given));
    const short = !size(given) && given.answer.length < 20_000; // goes on its way though the page is left
    try {
      const reply = await fetch(url, {
        method: "POST", body: body(url, given), headers: { Accept: "application/json" }, keepalive: short, signal: stop.signal,
      });
      return { ...(await reply.json()), status: reply.status };
    } catch {
      return { status: 0 };
    } finally {
      clearTimeout(late);
    }
  }

  const hasArrived = (told) => told.status === 200 && told.saved !== undefined;

  // Send again what is in doubt. Gives the names a later answer goes under; null where still nobody answers.
  async function clear(url, doubt) {
    const told = await post(url, doubt);
    if (!hasArrived(told)) return told.status >= 400 && told.status < 500 ? doubt : null; // refused: it is not there
    await settle(url, doubt.answer, told);
    return told;
  }

  // Gives what stands in the way, "" where the answer is settled or refused for good; and what the server did not take.
  async function send(record) {
    const under = record.doubt ? await clear(record.url, record.doubt) : record;
    if (!under) return { trouble: "away" };
    const told = await post(record.url, { ...record, page: under.page, seen: under.seen });
    if (hasArrived(told)) await settle(record.url, record.answer, told);
    else if (told.reason) await refuse(record, told.reason, told.error);
    else if (told.status === 404) await refuse(record, "gone", home().dataset.gone);
    else if (told.status === 413) await refuse(record, "large", told.error);
    else return { trouble: told.status === 401 ? "signed out" : "away" };
    return { trouble: "", left: told.files };
  }

  async function sendEach() {
    clearTimeout(timer);
    const waiting = (await records()).filter((record) => !choosing(record.url) && questions.due(record));
    questions.restore(waiting);
    const slow = setTimeout(() => show(), 2000);
    const told = [];
    let trouble = "";
    for (const record of waiting) {
      const way = questions.send(record) || send(record);
      const { trouble: found, left = [] } = await way;
      told.push(...left);
      trouble = found;
      if (trouble) break;
    }
    clearTimeout(slow);
    const left = await records();
    const sent = waiting.filter((record) => !left.some((each) => each.url === record.url)).length;
    if (sent) wait = SHORT;
    if (trouble === "away") later();
    await show({ sent, told, signedOut: trouble === "signed out" });
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
    const close = button(words.close, () => forget(record.url).then(() => show()));
    if (record.refused.reason === "newer") {
      const both = link(words.both, `${page}?slot=${slot}`);
      return both.pathname + both.search === location.pathname + location.search ? line(text, close) : line(text, both);
    }
    return record.refused.reason === "gone" ? line(text, close) : line(text, link(words.look, page), close);
  }

  // Say what is left on this phone. `told`: sentences on what the server did not take; `anyway`: what the learner may do
  // all the same, its words and the deed.
  async function show({ sent = 0, told = [], signedOut = false, anyway = null } = {}) {
    const place = home();
    if (!place) return;
    const words = place.dataset;
    const kept = (await records()).filter((record) => !choosing(record.url) && !questions.halted(record));
    const waiting = kept.filter((record) => !record.refused).length;
    const refused = kept.filter((record) => record.refused && !questions.has(record));
    const lines = [...told.map((each) => line(each)), ...refused.map((record) => refusedLine(record, words))];
    if (unkept.size) lines.push(line(words.unkept.replace("{n}", MOST / 1_000_000)));
    else if (waiting || anyway) lines.push(line(words.stay));
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
    const stays = (record) => concerns(record.url) && (!record.refused || record.refused.reason === "newer");
    const open = async () => (await records()).some(stays) || [...unkept].some(concerns);
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
  const meet = (found) => { questions = found; };
  return { before, clear, failed, find, hasArrived, home, keep, meet, others, patience, post, sendAll, settle, show };
})();
