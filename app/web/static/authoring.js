// An editor's form: what is typed is kept on the server until it is saved, and who else has it open is told.
(() => {
  const SOON = 1500; // milliseconds after the last key
  const AGAIN = 10_000; // milliseconds until the next try where one failed
  const EVERY = 30_000; // milliseconds between two looks at who else is here
  const form = document.querySelector("form[data-keeps]");
  if (!form) return;
  const others = document.querySelector("[data-others]");
  const unkept = document.querySelector("[data-pad-lost]");
  let typed = 0; // how often something changed
  let kept = 0; // up to which change the server has it
  let timer = 0;
  let seen = "";
  let leaving = false;

  const place = document.createElement("input");
  Object.assign(place, { type: "hidden", name: "place", value: form.dataset.place });
  form.append(place);
  if (form.dataset.base && form.elements.base) form.elements.base.value = form.dataset.base;

  const waiting = unkept.textContent; // what is said where the network or the server does not answer

  const token = () => new URLSearchParams({ form_token: form.elements.form_token.value, seen });
  function fields() {
    const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    sent.set("seen", seen);
    return sent;
  }

  async function post(url, body) {
    const reply = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } }); // what is refused
    if (reply.status === 200) {
      seen = reply.headers.get("X-Version");
      const text = (await reply.text()).trim();
      others.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent;
      others.hidden = !text;
    }
    return reply;
  }

  // Why the server did not take it, "" where it did or may yet.
  async function refusal(reply) {
    if (reply.status === 401) return unkept.dataset.signedOut;
    return reply.status === 413 ? (await reply.json()).error : "";
  }

  async function keep() {
    clearTimeout(timer);
    const upTo = typed;
    const reply = await post(form.dataset.keeps, fields()).catch(() => null);
    const done = Boolean(reply?.ok);
    if (done) kept = Math.max(kept, upTo);
    else unkept.textContent = (reply && await refusal(reply).catch(() => "")) || waiting;
    unkept.hidden = done;
    const again = reply?.status !== 413 || upTo < typed; // what is too long stays so until it is changed
    if (kept < typed && again) timer = setTimeout(keep, done ? SOON : AGAIN);
  }

  function changed() {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, SOON);
  }

  function here() {
    if (!document.hidden) post(form.dataset.present, token()).catch(() => {});
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  addEventListener("online", () => { if (kept < typed) keep(); });
  addEventListener("beforeunload", (event) => { if (!leaving && kept < typed) event.preventDefault(); });
  addEventListener("pagehide", () => {
    const last = token();
    last.set("left", "1");
    navigator.sendBeacon(form.dataset.present, last);
  });
  addEventListener("pageshow", () => { leaving = false; here(); });
  document.addEventListener("visibilitychange", here);
  setInterval(here, EVERY);
})();
