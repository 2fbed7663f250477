// A quiz as it is taken: asks for what changed while the page is seen, and says when there is no connection.
(() => {
  const EVERY = 7000; // milliseconds; the page's words say the same
  const place = document.querySelector("[data-live]");
  const lost = document.getElementById("terputus");
  let asking = false;

  function put(html, version) {
    const focused = document.activeElement && document.activeElement.id;
    const along = place.querySelector(".scroll")?.scrollLeft || 0;
    place.innerHTML = html; // rendered and escaped by the server, as the page itself
    place.dataset.version = version;
    const scroll = place.querySelector(".scroll");
    if (scroll) scroll.scrollLeft = along;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  async function ask() {
    if (document.hidden || asking) return;
    asking = true;
    try {
      const reply = await fetch(`${place.dataset.live}?seen=${place.dataset.version}`);
      if (reply.status >= 400 && reply.status < 500) {
        location.reload(); // signed out, or out of reach: the page itself says which
        return;
      }
      const text = reply.ok ? await reply.text() : "";
      lost.hidden = reply.ok;
      if (reply.status === 200) put(text, reply.headers.get("X-Version"));
    } catch {
      lost.hidden = false;
    } finally {
      asking = false;
    }
  }

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
})();
