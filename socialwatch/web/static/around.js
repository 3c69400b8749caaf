// Around: tells who has the same dossier open, says that we are here, and claims a case when an answer begins.
//
// A page says so every eight seconds and at typing, and only while it is visible; the server keeps it in memory for twenty.
(() => {
  "use strict";
  const EVERY = 8000;
  const STILL = 4000; // after the last key somebody is no longer typing
  const place = document.querySelector("[data-around]");
  const head = place ? { "X-CSRF-Token": place.dataset.csrf } : {};
  const number = place ? place.dataset.around : "";
  let typing = false;
  let stops = null;
  let begun = false;
  let seen = {};
  let asked = null;

  function say(name, words) {
    const line = place && place.querySelector(`[data-around-${name}]`);
    if (line && line.textContent !== words) line.textContent = words;
  }

  async function post(path, values) {
    const answer = await fetch(`/dossier/${number}/${path}`, { method: "POST", headers: head, body: new URLSearchParams(values) });
    return answer.ok ? answer.json() : null;
  }

  async function beat() {
    if (!place || document.hidden) return;
    try {
      const told = await post("hier", typing ? { typing: "yes" } : {});
      if (told) say("who", told.who);
    } catch {
      say("who", ""); // without a connection we do not know who is there
    }
  }

  function leave() {
    if (!place) return;
    const words = new URLSearchParams({ left: "yes", csrf: place.dataset.csrf });
    navigator.sendBeacon(`/dossier/${number}/hier`, words);
  }

  async function begin() {
    if (begun || place.dataset.whose === "me") return;
    begun = true;
    if (place.dataset.whose === "other") return;
    try {
      const told = await post("begin", {});
      if (told && !told.mine && told.owner) say("crossed", `${told.owner} was je net voor: dit dossier is nu van ${told.owner}.`);
    } catch {
      begun = false;
    }
  }

  function types() {
    begin();
    clearTimeout(stops);
    stops = setTimeout(() => {
      typing = false;
      beat();
    }, STILL);
    if (!typing) {
      typing = true;
      beat();
    }
  }

  // What a colleague answers while this page is open is told beside the box, not only in the thread above it.
  const answers = () => [...document.querySelectorAll("#draad [data-own], #draad [data-call]")];
  const known = new Set(answers().map((each) => each.id || each.textContent));
  const mine = document.querySelector(".me-name bdi");

  function crossed() {
    for (const each of answers()) {
      const key = each.id || each.textContent;
      if (known.has(key)) continue;
      known.add(key);
      const who = each.querySelector(".author");
      const name = who ? who.textContent.trim() : "";
      const box = document.querySelector("#antwoord textarea[name=text]");
      if (mine && name === mine.textContent.trim()) continue;
      if (box && box.value.trim()) say("crossed", `${name || "Een collega"} antwoordde net, terwijl jij schreef. Lees het even voor je verstuurt.`);
    }
  }

  // The rows of a list: who is in which dossier. A refreshed list is filled from what we heard last.
  const slots = () => [...document.querySelectorAll("[data-looking]")];

  function paint() {
    for (const slot of slots()) {
      const words = seen[slot.dataset.looking] || "";
      if (slot.textContent !== words) slot.textContent = words;
    }
  }

  async function rows() {
    asked = null;
    if (document.hidden || !slots().length) return;
    try {
      const answer = await fetch("/wie-kijkt");
      if (answer.ok) seen = await answer.json();
    } catch {
      seen = {};
    }
    paint();
  }

  // Everybody hears of every change: a page asks once a second at most, and not all pages at once.
  function soon() {
    if (asked === null) asked = setTimeout(rows, 400 + Math.random() * 600);
  }

  document.addEventListener("socialwatch:around", (event) => {
    soon();
    if (!event.detail || event.detail === number) beat();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : (beat(), rows())));
  window.addEventListener("pagehide", leave);
  document.addEventListener("htmx:after:swap", () => {
    crossed();
    paint();
  });
  document.addEventListener("input", (event) => {
    if (place && event.target.matches("#antwoord textarea[name=text]") && event.target.value.trim()) types();
  });
  setInterval(() => {
    beat();
    rows();
  }, EVERY);
  beat();
  rows();
})();
