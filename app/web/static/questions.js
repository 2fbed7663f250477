// The questions that are open to be answered on this page: the form of one (quiz.js sends it), or each of the parts of a
// page with all of them (quiz-all.js does). Such a place carries data-answer, its address where it is no form itself. What
// is given in one is kept on the phone by page.js from that moment, and what is kept there is put back into it.
const questions = (() => {
  const PLACES = "[data-answer]";
  const OF_THE_PAGE = ["form_token", "page", "seen", "go", "action", "unsent"]; // fields that are no part of the answer
  const touched = new WeakSet(); // places that hold what this person gave here
  const halted = new WeakSet(); // places whose answer was refused: sending it again changes nothing
  const doubts = new Map(); // address -> what this page sent of it and nobody answered: { answer, page, seen, files }

  const keeps = (place) => place.matches(PLACES);
  const addressOf = (place) => place.dataset.answer || place.getAttribute("action");
  const prefixOf = (place) => (place.dataset.slot ? `s${place.dataset.slot}-` : "");
  const names = (place) => ["page", "seen"].map((name) => place.querySelector(`input[name="${prefixOf(place)}${name}"]`));
  const fileField = (place) => place.querySelector("input[type=file]");
  const placeOf = (url) => [...document.querySelectorAll(PLACES)].find((place) => addressOf(place) === url);
  const asText = (value) => (typeof value === "string" ? value : `${value.name} ${value.size} ${value.lastModified}`);

  // What a place says: [name, value], named as on the page of one question.
  function given(place) {
    const prefix = prefixOf(place);
    return [...new FormData(place.closest("form"))]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value])
      .filter(([name, value]) => !OF_THE_PAGE.includes(name) && (typeof value === "string" || value.name));
  }

  // The same as text to compare and to send.
  function answerOf(place) {
    return new URLSearchParams(given(place).map(([name, value]) => [name, asText(value)])).toString();
  }

  function said(place) {
    const [page, seen] = names(place).map((field) => field.value);
    const files = given(place).map(([, value]) => value).filter((value) => typeof value !== "string");
    return { answer: answerOf(place), page, seen, files };
  }

  function rename(place, { page, seen }) {
    const fields = names(place);
    [fields[0].value, fields[1].value] = [page, seen];
  }

  function keep(place) {
    touched.add(place);
    halted.delete(place);
    const url = addressOf(place);
    return unsent.keep({ url, ...said(place), doubt: doubts.get(url) || null, refused: null });
  }

  // Put a kept answer back into its place, if this browser lets a script do that with its files. Where rows were added
  // meanwhile, it goes on under the names it was given with.
  function fill(place, record) {
    const before = answerOf(place);
    const files = record.files || [];
    if (files.length && !(fileField(place) && putFiles(fileField(place), files))) return;
    const values = new Map();
    for (const [name, value] of new URLSearchParams(record.answer)) values.set(name, [...(values.get(name) || []), value]);
    for (const control of place.querySelectorAll("input, select, textarea")) {
      const name = control.name.slice(prefixOf(place).length);
      if (!name || OF_THE_PAGE.includes(name) || control.type === "file") continue;
      const own = values.get(name) || [];
      if (control.type === "radio" || control.type === "checkbox") control.checked = own.includes(control.value);
      else control.value = own.shift() || "";
      control.dispatchEvent(new Event("change")); // for scripts that draw the control; the form does not hear it
    }
    if (names(place)[1].value !== String(record.seen)) rename(place, record);
    if (record.doubt) doubts.set(record.url, record.doubt);
    keep(place);
    if (answerOf(place) !== before) unsent.home().dataset.filled = "1";
  }

  // Whether a kept answer is this page's to send: its place is there and can hold it.
  function has(record) {
    const place = placeOf(record.url);
    return Boolean(place) && (!record.files?.length || Boolean(fileField(place)));
  }

  function due(record) {
    if (!has(record)) return !record.refused;
    const place = placeOf(record.url);
    return !halted.has(place) && (!record.refused || !touched.has(place));
  }

  // What was kept before this page was opened, each back in its place.
  function restore(records) {
    for (const record of records) if (has(record) && !touched.has(placeOf(record.url))) fill(placeOf(record.url), record);
  }

  // An answer whose question is open here is sent by its place, so that one save at a time is on its way: `send` asks the
  // page's script for it, `sent` is its answer. Null where nobody takes it on.
  function send(record) {
    const place = has(record) ? placeOf(record.url) : null;
    if (!place || !touched.has(place)) return null;
    const over = new Promise((resolve) => {
      place.addEventListener("sent", resolve, { once: true });
      setTimeout(resolve, unsent.patience(record) + 5000);
    });
    if (place.dispatchEvent(new Event("send", { bubbles: true, cancelable: true }))) return null;
    return over.then(async () => ({ trouble: halted.has(place) || !(await unsent.find(record.url)) ? "" : "away" }));
  }

  function inDoubt(place) {
    const doubt = doubts.get(addressOf(place));
    return doubt !== undefined && doubt.answer !== answerOf(place);
  }

  // Send what is in doubt again, before anything later. Gives whether it is known what became of it.
  async function clear(place) {
    const url = addressOf(place);
    const doubt = doubts.get(url);
    const told = await unsent.clear(url, doubt);
    if (!told) return false;
    doubts.delete(url);
    rename(place, told);
    return true;
  }

  function doubt(place) {
    doubts.set(addressOf(place), said(place));
  }

  // The server has what a place said. A later answer goes under the names that stand in it by now.
  function settle(place, answer) {
    const url = addressOf(place);
    doubts.delete(url);
    unsent.settle(url, answer, said(place)).then(() => unsent.show());
  }

  function halt(place) {
    halted.add(place);
    doubts.delete(addressOf(place));
    unsent.show();
  }

  // Chosen files are kept by upload.js, once they are small.
  for (const each of ["input", "change"]) {
    document.addEventListener(each, (event) => {
      const place = event.target.closest(PLACES);
      if (place && event.target.type !== "file") keep(place);
    });
  }

  // Whoever sends the form, the browser itself included, tells what else waits here.
  document.addEventListener("formdata", (event) => {
    if (keeps(event.target)) event.formData.set("unsent", unsent.others(addressOf(event.target)));
  });

  // Given before the scripts were there, on a slow signal: nobody heard it, so it is told once they are.
  const isNew = (control) => {
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((each) => each.defaultSelected));
    return control.type !== "file" && control.value !== control.defaultValue;
  };

  function notice() {
    for (const place of document.querySelectorAll(PLACES)) {
      const control = [...place.querySelectorAll("input, select, textarea")].find(isNew);
      if (control) control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  document.addEventListener("DOMContentLoaded", notice); // after those of the scripts before this one

  unsent.meet({ due, restore, send, has, halted: (record) => halted.has(placeOf(record.url)) });
  return { addressOf, answerOf, clear, doubt, halt, halted, inDoubt, keep, keeps, notice, rename, said, settle };
})();
