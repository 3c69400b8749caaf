// The Meelezer in the box: after a pause in typing the draft is read, one remark is shown, Esc silences it for this case.
(() => {
  "use strict";
  const PAUSE = 700;
  const OFFERS = { private: "Maak er een privébericht van", timer: "Ja, zet een timer" };
  const place = document.querySelector("[data-coach]");
  const form = place && place.closest("form");
  if (!form) return;
  const box = form.elements.text;
  const OFF = `socialwatch.coach.off.${document.body.dataset.agent}.${place.dataset.case}`;
  const part = (name) => place.querySelector(`[data-${name}]`);
  let waiting = null;
  let asking = null;
  let shown = null;

  const silent = () => localStorage.getItem(OFF) === "yes";

  function clear() {
    shown = null;
    part("says").textContent = part("toward").textContent = "";
    part("more").hidden = true;
    place.classList.remove("blocks-it");
  }

  function offer(told) {
    const button = part("offer");
    const able = told.offers === "timer" || (told.offers === "private" && Boolean(secret()));
    button.hidden = !able;
    button.textContent = able ? OFFERS[told.offers] : "";
  }

  // The same remark again is not said again: a screen reader would repeat it with every pause.
  function show(told) {
    if (told.offers === "timer" && form.elements.timer.value) return clear();
    const same = shown && shown.says === told.says;
    shown = told;
    if (!same) {
      part("says").textContent = told.says;
      part("toward").textContent = told.toward || "";
      part("why").textContent = told.why;
      part("reason").open = false;
    }
    part("stretch").hidden = !told.stretch;
    part("more").hidden = false;
    place.classList.toggle("blocks-it", told.blocks);
    offer(told);
  }

  const tick = () => form.elements.private;
  // The private way that is open for this post: on its own platform, else by mail.
  const secret = () => [form.elements.private, form.elements.by_mail].find((each) => each && !each.disabled);

  async function read() {
    if (asking) asking.abort();
    if (silent()) return;
    if (!box.value.trim()) return clear();
    asking = new AbortController();
    const draft = box.value;
    const asked = new URLSearchParams({ text: draft, mention: form.elements.mention.value });
    if (tick() && tick().checked && !tick().disabled) asked.set("private", "yes");
    const mail = form.elements.by_mail;
    if (mail && mail.checked && !mail.disabled) asked.set("by_mail", "yes");
    try {
      const headers = { "X-CSRF-Token": form.elements.csrf.value };
      const answer = await fetch(place.dataset.coach, { method: "POST", headers, body: asked, signal: asking.signal });
      const told = answer.status === 200 ? await answer.json() : null;
      if (silent() || box.value !== draft) return;
      if (told) show(told);
      else clear();
    } catch {
      // Left for a newer draft, or no connection: the Meelezer is no reason to stop anybody.
    }
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(read, PAUSE);
  }

  function hush(on) {
    if (on) localStorage.setItem(OFF, "yes");
    else localStorage.removeItem(OFF);
    clear();
    part("hushed").hidden = !on;
    box.focus();
    if (!on) read();
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  part("hush").addEventListener("click", () => hush(true));
  part("unhush").addEventListener("click", () => hush(false));
  part("stretch").addEventListener("click", () => {
    if (!shown) return;
    box.focus();
    box.setSelectionRange(shown.before, shown.before + shown.stretch.length);
  });
  part("offer").addEventListener("click", () => {
    if (shown && shown.offers === "timer") form.elements.timer.value = "yes";
    else if (secret()) secret().click();
    clear();
    box.focus();
    read();
  });
  // Before keys.js, for whom Esc means: out of the box.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !shown || !form.contains(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      hush(true);
    },
    true,
  );

  part("hushed").hidden = !silent();
  if (box.value) later();
})();
