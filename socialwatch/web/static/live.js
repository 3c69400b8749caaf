// Live: one event stream per visible page; what changed is fetched again, at most twice a second, and after a slow answer
// only once as long again has passed: a server that is busy is asked less (docs/decisions/0014). What seldom changes
// although every event may be about it (data-live-calm: the red line) follows some seconds later, at a moment of this
// page's own: a hundred pages that hear the same event then ask for what is new first.
//
// Why not htmx's own stream extension: it pastes what the server sends, and our events carry only ids. Here one stream serves
// all fragments of a page, closes while the tab is hidden (a browser allows six connections to one host), merges a burst of
// events into one fetch, and fetches everything once after a lost connection. It opens with the mark of the last event that the
// page was rendered after, so that nothing falls between the two. The fragments themselves are htmx's work.
(() => {
  "use strict";
  const PAUSE = 500;
  const PATIENCE = 10000; // an answer that takes longer is no longer waited for
  const CALM = [500, 4000];
  let source = null;
  let dirty = new Set();
  let calm = new Set();
  let timer = null;
  let calmTimer = null;
  let last = 0;
  let free = 0; // not before this moment is anything fetched again
  let awaited = new Set();
  let away = false;
  let mark = document.body.dataset.mark; // the last event that this page shows, or was told of
  const state = document.querySelector("[data-live-state]");
  if (!state || !window.EventSource) return;

  function show(up) {
    state.textContent = up ? state.dataset.on : state.dataset.off;
    state.dataset.up = up ? "yes" : "no";
    state.classList.toggle("down", !up);
  }

  function changed(kind, id) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const mine = part.dataset.live.split(" ").includes(kind);
      if (mine && (!part.dataset.liveId || !id || part.dataset.liveId === id)) ("liveCalm" in part.dataset ? calm : dirty).add(part);
    }
    if (calm.size && calmTimer === null) calmTimer = setTimeout(flushCalm, CALM[0] + Math.random() * (CALM[1] - CALM[0]));
    if (dirty.size && timer === null) timer = setTimeout(flush, Math.max(0, free - Date.now()));
  }

  function everything() {
    for (const part of document.querySelectorAll("[data-live]")) changed(part.dataset.live.split(" ")[0], "");
  }

  function flush() {
    timer = null;
    last = Date.now();
    awaited = new Set([...dirty].filter((each) => each.isConnected));
    dirty = new Set();
    free = last + (awaited.size ? PATIENCE : 0);
    refresh(awaited);
  }

  function answered(part) {
    awaited.delete(part);
    if ([...awaited].some((each) => each.isConnected)) return;
    const now = Date.now();
    free = Math.max(last + PAUSE, now + (now - last)); // as long again as it took
    if (timer !== null) clearTimeout(timer);
    timer = dirty.size ? setTimeout(flush, free - now) : null;
  }

  function flushCalm() {
    calmTimer = null;
    const parts = [...calm].filter((each) => each.isConnected);
    calm = new Set();
    refresh(parts);
  }

  function refresh(parts) {
    for (const part of parts) part.dispatchEvent(new CustomEvent("refresh"));
  }

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`/live?since=${mark}`);
    for (const kind of ["case", "thanks", "source", "reply"]) {
      source.addEventListener(kind, (event) => {
        mark = event.lastEventId || mark;
        changed(kind, event.data);
      });
    }
    source.addEventListener("all", everything);
    source.addEventListener("around", (event) => document.dispatchEvent(new CustomEvent("socialwatch:around", { detail: event.data })));
    source.onopen = () => {
      show(true);
      if (away) everything();
      away = false;
    };
    source.onerror = () => {
      away = true;
      show(false);
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(open, 5000);
      }
    };
  }

  function close() {
    if (source) source.close();
    source = null;
    away = true;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);

  document.addEventListener("htmx:finally:request", (event) => {
    const part = event.target.closest && event.target.closest("[data-live]");
    if (part && awaited.has(part)) answered(part);
  });

  // Said once, and then not for a while: what changes all the time would be all that a screen reader says.
  const QUIET = 15000;
  const news = document.getElementById("nieuws");
  const said = new Map();
  document.addEventListener("htmx:after:swap", (event) => {
    const part = event.target.closest && event.target.closest("[data-news]");
    if (!part || !news || Date.now() - (said.get(part.dataset.news) || 0) < QUIET) return;
    said.set(part.dataset.news, Date.now());
    news.textContent = part.dataset.news;
  });
  open();
})();
