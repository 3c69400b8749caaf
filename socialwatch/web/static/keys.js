// Keys: j and k through the queue, x chooses, Enter opens, r answers, n notes, a hands over, e closes, s puts aside until later,
// t tags, z takes back, w who is this, g does something for the customer, / searches, ? helps; single letters can be switched off.
(() => {
  "use strict";
  const OFF = "socialwatch.keys.off";
  const help = document.getElementById("toetsen");
  const toggle = document.querySelector("[data-keys-toggle]");
  const rows = () => [...document.querySelectorAll("[data-rows] a.row")];
  let looked = null;

  if (toggle) {
    toggle.checked = localStorage.getItem(OFF) !== "yes";
    toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "no" : "yes"));
  }
  for (const button of document.querySelectorAll("[data-help]")) button.addEventListener("click", () => help.showModal());

  const chosen = () => rows().find((row) => row.classList.contains("chosen"));
  const start = () => chosen() || rows().find((row) => row.getAttribute("aria-current"));

  function choose(row) {
    if (!row) return;
    for (const each of rows()) each.classList.toggle("chosen", each === row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    look(row);
  }

  // In the Inbox the panes beside the queue follow the choice, a moment after the last key.
  function look(row) {
    const pane = document.getElementById("kijk");
    if (!pane || !window.htmx || getComputedStyle(pane).display === "none") return;
    clearTimeout(looked);
    looked = setTimeout(() => {
      const path = `/dossier/${row.dataset.case}/kijk`;
      Object.assign(pane.dataset, { live: "case", liveId: row.dataset.case }); // what changes in it is fetched, also when it is undone
      pane.setAttribute("hx-get", path);
      window.htmx.ajax("GET", path, { target: pane, swap: "innerHTML" });
    }, 120);
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(start());
    const further = by > 0 && at === all.length - 1 && document.querySelector("[data-more]");
    if (further) further.click();
    else choose(all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  // With shift the rows that one passes are chosen too.
  function stepAndPick(by) {
    const from = start();
    step(by);
    for (const row of [from, chosen()]) if (row) tell("desk:pick", { row, on: true });
  }

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  document.addEventListener("desk:choose", (event) => choose(event.detail));

  function pick() {
    if (!chosen()) choose(start() || rows()[0]);
    if (chosen()) tell("desk:pick", { row: chosen() });
    return Boolean(chosen());
  }

  function act(name) {
    if (!document.getElementById("doe")) return false;
    if (!chosen()) choose(start() || rows()[0]);
    tell("desk:act", name);
    return true;
  }

  function seek() {
    const box = document.getElementById("zoek");
    if (box) box.select();
    return Boolean(box);
  }

  // What a letter in the Inbox asks of a dossier happens when that is there.
  const THEN = "socialwatch.then";
  function inDossier(letter, here) {
    if (!document.getElementById("kijk")) return here();
    const row = start() || rows()[0];
    if (!row) return false;
    sessionStorage.setItem(THEN, letter);
    row.click();
    return true;
  }

  function openChosen(event) {
    if (event.target.closest("a, button, summary, input, select, textarea")) return false;
    const row = start() || rows()[0];
    if (row) row.click();
    return Boolean(row);
  }

  function write() {
    const box = document.querySelector("#antwoord textarea[name=text]");
    const link = document.querySelector(".open-it a");
    if (box) box.focus();
    else if (link) link.click();
    return Boolean(box || link);
  }

  function note() {
    const box = document.querySelector("details.note");
    if (!box) return false;
    box.open = true;
    box.querySelector("textarea").focus();
    return true;
  }

  function who() {
    const first = document.querySelector("[data-who] button, [data-who] summary");
    if (first) first.focus();
    return Boolean(first);
  }

  function doSomething() {
    const first = document.querySelector("#gebaren details.choice > summary");
    if (!first) return false;
    first.focus();
    return true;
  }

  function takeBack() {
    const form = document.querySelector("form[data-undo]:not([hidden])");
    if (form) form.requestSubmit();
    return Boolean(form);
  }

  function later() {
    const box = document.querySelector("details[data-later]");
    if (!box) return act("later");
    box.open = true;
    box.querySelector("button").focus();
    return true;
  }

  function open(mark, field) {
    const box = document.querySelector(mark);
    if (!box) return false;
    box.open = true;
    box.querySelector(field).focus();
    return true;
  }

  // In the Inbox for what is chosen there, in a dossier for that dossier.
  const either = (name, mark, field) => (document.getElementById("doe") ? act(name) : open(mark, field));

  const letters = {
    j: () => (step(1), true),
    k: () => (step(-1), true),
    J: () => (stepAndPick(1), true),
    K: () => (stepAndPick(-1), true),
    x: pick,
    r: () => inDossier("r", write),
    n: () => inDossier("n", note),
    a: () => either("overdragen", "details[data-hand]", "select"),
    e: () => either("afronden", "details[data-close]", "button"),
    t: () => either("tag", "details[data-tag]", "input[name=tag]"),
    z: () => takeBack() || (tell("desk:undo"), true),
    "/": seek,
    w: who,
    g: doSomething,
    s: later,
    "?": () => (help && help.showModal(), true),
    Enter: openChosen,
  };

  const then = document.getElementById("kijk") ? null : sessionStorage.getItem(THEN);
  sessionStorage.removeItem(THEN);
  if (then && letters[then]) letters[then]();

  // Esc closes what is open around the focus before it leads away; the browser closes a menu of its own accord.
  function fold(place) {
    if (document.querySelector(":popover-open")) return true;
    const box = place.closest("details[open]");
    if (!box) return false;
    box.open = false;
    box.querySelector("summary").focus();
    return true;
  }

  function back() {
    if (document.querySelector("[data-bulk]:not([hidden])")) return tell("desk:none");
    const link = document.querySelector("[data-back]");
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("button:not([type=button])"));
      return;
    }
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      // A dialog that has just closed may still hold the focus.
      if (field && !field.closest("dialog")) field.blur();
      else if (!fold(event.target)) back();
      return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key.length === 1 && localStorage.getItem(OFF) === "yes") return;
    const act = letters[event.key];
    if (act && act(event)) event.preventDefault();
  });

  // The way back leads to the view that one came from.
  const seen = JSON.parse(sessionStorage.getItem("socialwatch.inbox") || "null");
  for (const link of document.querySelectorAll("[data-back]")) {
    const stream = new URLSearchParams(link.search).get("stream");
    if (seen && new URLSearchParams(seen.address).get("stream") === stream) link.search = seen.address;
  }

  // On a phone the menu may run on past the edge: where one is comes into view.
  const here = document.querySelector(".nav [aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "nearest" });

  // The choice and the place in the list survive a refresh of the queue and a step back.
  const queue = document.getElementById("rijen");
  if (queue) {
    const place = "socialwatch.place";
    queue.scrollTop = Number(sessionStorage.getItem(place) || 0);
    queue.addEventListener("scroll", () => sessionStorage.setItem(place, String(queue.scrollTop)), { passive: true });
    let kept = null;
    document.addEventListener("htmx:before:swap", () => (kept = chosen() ? chosen().dataset.case : null));
    document.addEventListener("htmx:after:swap", () => {
      const row = kept && rows().find((each) => each.dataset.case === kept);
      if (row) for (const each of rows()) each.classList.toggle("chosen", each === row);
    });
  }
})();
