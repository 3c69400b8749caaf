// Keys: j and k through the queue, Enter opens, r answers, n notes, w who is this, g does something for the customer, z takes
// an answer back, s puts aside until later, ? helps; single letters can be switched off.
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
    looked = setTimeout(() => window.htmx.ajax("GET", `/dossier/${row.dataset.case}/kijk`, { target: pane, swap: "innerHTML" }), 120);
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(start());
    choose(all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
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
    const form = document.querySelector("form[data-undo]");
    if (form) form.requestSubmit();
    return Boolean(form);
  }

  function later() {
    const box = document.querySelector("details[data-later]");
    if (!box) return false;
    box.open = true;
    box.querySelector("button").focus();
    return true;
  }

  const letters = {
    j: () => (step(1), true),
    k: () => (step(-1), true),
    r: write,
    n: note,
    w: who,
    g: doSomething,
    s: later,
    z: takeBack,
    "?": () => (help && help.showModal(), true),
    Enter: openChosen,
  };

  function back() {
    const link = document.querySelector("[data-back]");
    if (link) link.click();
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      // A dialog that has just closed may still hold the focus.
      if (field && !field.closest("dialog")) field.blur();
      else back();
      return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key.length === 1 && localStorage.getItem(OFF) === "yes") return;
    const act = letters[event.key];
    if (act && act(event)) event.preventDefault();
  });

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
