// Inbox: choosing cases, what is done with them, searching, asking for more rows, and finding one's place again.
(() => {
  "use strict";
  const queue = document.getElementById("rijen");
  const dialog = document.getElementById("doe");
  if (!queue) return;
  const bar = document.querySelector("[data-bulk]");
  const toast = document.getElementById("melding");
  const token = document.querySelector("[data-token] input");
  const FIRST = 60;
  const SECONDS = 10_000;
  const PLACE = "socialwatch.inbox";
  const picked = new Set();
  let words = "";
  let fading = null;
  let opener = null;
  let at = -1;
  let opened = null;
  let sending = false;
  let missed = false;

  const rows = () => [...queue.querySelectorAll("[data-rows] a.row")];
  const chosen = () => queue.querySelector("a.row.chosen");
  const number = (row) => row.dataset.case;
  const boxes = () => [...queue.querySelectorAll("[data-pick]")];
  const choose = (row) => document.dispatchEvent(new CustomEvent("desk:choose", { detail: row }));
  const ask = (path, options = {}) => fetch(path, { ...options, headers: { "hx-request": "true" } });
  const refresh = () => queue.dispatchEvent(new CustomEvent("refresh"));

  // What is chosen.
  function show() {
    const here = new Set(boxes().map((box) => box.value));
    for (const each of picked) if (!here.has(each)) picked.delete(each);
    for (const box of boxes()) {
      box.checked = picked.has(box.value);
      box.closest(".row-item").classList.toggle("picked", box.checked);
    }
    if (!bar) return;
    bar.hidden = picked.size === 0;
    bar.querySelector("[data-bulk-count]").textContent = picked.size === 1 ? "1 gekozen" : `${picked.size} gekozen`;
    bar.querySelector("[data-act=situatie]").disabled = picked.size < 2;
  }

  function pick(row, on) {
    if (!row || !row.parentElement.querySelector("[data-pick]")) return;
    const yes = on === undefined ? !picked.has(number(row)) : on;
    if (yes) picked.add(number(row));
    else picked.delete(number(row));
    show();
  }

  queue.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick]")) return;
    pick(event.target.closest(".row-item").querySelector("a.row"), event.target.checked);
  });

  // What is done with it.
  const targets = () => (picked.size ? [...picked] : chosen() ? [number(chosen())] : []);
  const asked = (ids) => ids.map((id) => `id=${id}`).join("&");

  async function act(name) {
    const ids = targets();
    if (!ids.length || !dialog) return;
    if (name === "situatie") {
      location.assign(`/situatie/nieuw?dossier=${ids[0]}&${asked(ids)}`);
      return;
    }
    if (name === "pak") {
      await send("/dossiers/pak", new URLSearchParams([["csrf", token.value], ...ids.map((id) => ["id", id])]));
      return;
    }
    const answer = await ask(`/dossiers/${name}?${asked(ids)}`).catch(() => null);
    if (!answer || answer.redirected || !answer.ok) return say(await sentence(answer));
    opener = document.activeElement;
    dialog.innerHTML = await answer.text();
    dialog.showModal();
  }

  async function sentence(answer) {
    if (!answer) return "Even geen verbinding. Er is niets veranderd; probeer het zo nog eens.";
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-problem]");
    return told ? told.textContent : "Dit lukte niet. Vernieuw de pagina en probeer het nog eens.";
  }

  function say(text) {
    const line = document.createElement("p");
    line.textContent = text;
    tell([line]);
  }

  function tell(nodes) {
    toast.replaceChildren(...nodes);
    clearTimeout(fading);
    fading = setTimeout(() => toast.replaceChildren(), SECONDS);
  }

  // A second press while the first is under way would say that it was done already, and hide the way back.
  async function send(path, body) {
    if (sending) return;
    sending = true;
    await sent(path, body).finally(() => (sending = false));
  }

  async function sent(path, body) {
    const answer = await ask(path, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) {
      const problem = await sentence(answer);
      if (dialog.open) complain(problem);
      else say(problem);
      return;
    }
    const told = document.createElement("template");
    told.innerHTML = await answer.text();
    at = rows().indexOf(chosen());
    if (dialog.open) dialog.close();
    picked.clear();
    show();
    tell([...told.content.childNodes]);
    refresh();
  }

  function complain(problem) {
    const known = dialog.querySelector(".problem");
    const line = known || dialog.querySelector("h2").insertAdjacentElement("afterend", document.createElement("p"));
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = problem;
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act-form]")) return;
    event.preventDefault();
    send(event.target.getAttribute("action"), new URLSearchParams(new FormData(event.target, event.submitter)));
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, a");
    if (!pressed) return;
    if (pressed.matches("#rijen a.row")) opened = pressed;
    if (pressed.matches("[data-act]")) act(pressed.dataset.act);
    if (pressed.matches("[data-act-close]")) dialog.close();
    if (pressed.matches("[data-bulk-none]")) none();
    if (pressed.matches("[data-more]")) more(event, pressed);
    if (pressed.matches("[data-seek-end]")) keep("");
  });
  if (dialog) {
    dialog.addEventListener("close", () => {
      const row = chosen();
      if (opener && opener.isConnected && opener !== document.body) opener.focus();
      else if (row) row.focus({ preventScroll: true });
    });
  }

  function none() {
    picked.clear();
    show();
    if (chosen()) chosen().focus({ preventScroll: true });
  }

  // More rows, from where the last page ended.
  async function more(event, link) {
    event.preventDefault();
    const item = link.closest(".more-item");
    const answer = await ask(link.dataset.more).catch(() => null);
    if (!answer || !answer.ok || answer.redirected || !item.isConnected) return;
    const before = rows().length;
    item.insertAdjacentHTML("beforebegin", await answer.text());
    item.remove();
    show();
    if (document.activeElement === document.body && rows()[before]) choose(rows()[before]);
  }

  // Searching: what is typed goes in the form and never in the address.
  async function seek(typed, { quiet = false } = {}) {
    const form = queue.querySelector("[data-seek]");
    const body = new URLSearchParams([["csrf", form.elements.csrf.value], ["words", typed]]);
    const answer = await ask("/inbox/zoek", { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return quiet ? undefined : say(await sentence(answer));
    const row = quiet && chosen() ? number(chosen()) : null;
    const held = queue.contains(document.activeElement);
    const top = queue.scrollTop;
    words = typed;
    queue.innerHTML = await answer.text();
    show();
    const again = row && rows().find((each) => number(each) === row);
    if (again) again.classList.add("chosen");
    if (again && held) again.focus({ preventScroll: true });
    queue.scrollTop = quiet ? top : 0;
    if (quiet) return;
    // What comes in with the page is not spoken by itself.
    document.getElementById("nieuws").textContent = queue.querySelector(".found-head [role=status]").textContent;
    if (rows()[0]) choose(rows()[0]);
    else queue.querySelector("#zoek").focus();
  }

  queue.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-seek]")) return;
    event.preventDefault();
    const typed = event.target.elements.words.value.trim();
    if (typed) seek(typed);
    else if (words) location.assign(`/inbox?${queue.dataset.address}`);
  });

  // A refresh keeps as many rows as there are, and what was searched for. Nothing moves under somebody who types.
  document.addEventListener(
    "refresh",
    (event) => {
      if (event.target !== queue) return;
      const busy = document.activeElement.closest && document.activeElement.closest("#rijen .queue-tools");
      if (words || busy) event.stopImmediatePropagation();
      missed = Boolean(busy);
      if (words && !busy) seek(words, { quiet: true });
      const there = queue.querySelectorAll(".rows > li:not(.more-item)").length;
      const many = there > FIRST ? `&toon=${there}` : "";
      queue.setAttribute("hx-get", `/inbox/rijen?${queue.dataset.address}${many}`);
    },
    true,
  );
  queue.addEventListener("focusout", (event) => {
    const tools = event.target.closest(".queue-tools");
    if (missed && tools && !tools.contains(event.relatedTarget)) setTimeout(refresh);
  });
  document.addEventListener("htmx:after:swap", () => {
    show();
    if (at < 0 || chosen()) return;
    const next = rows()[Math.min(at, rows().length - 1)];
    at = -1;
    if (next && !document.querySelector("dialog[open]")) choose(next);
  });

  // Letters, told by keys.js.
  document.addEventListener("desk:act", (event) => act(event.detail));
  document.addEventListener("desk:pick", (event) => pick(event.detail.row, event.detail.on));
  document.addEventListener("desk:none", () => (picked.size ? none() : undefined));
  document.addEventListener("desk:undo", () => {
    const back = toast.querySelector("[data-undo]");
    if (back) back.click();
  });

  // The place: kept when somebody goes into a dossier, and found again when they come back.
  function keep(sought = words) {
    const row = opened || chosen();
    const place = { address: queue.dataset.address, shown: rows().length, row: row && number(row), words: sought };
    sessionStorage.setItem(PLACE, JSON.stringify({ ...place, top: queue.scrollTop, page: window.scrollY }));
  }
  window.addEventListener("pagehide", () => keep());

  async function back() {
    const place = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    const came = document.referrer.includes("/dossier/") || (performance.getEntriesByType("navigation")[0] || {}).type === "back_forward";
    if (!place || !came || place.address !== queue.dataset.address) return;
    if (place.words) await seek(place.words, { quiet: true });
    else if (place.shown > FIRST) {
      const answer = await ask(`/inbox/rijen?${place.address}&toon=${place.shown}`).catch(() => null);
      if (answer && answer.ok && !answer.redirected) queue.innerHTML = await answer.text();
    }
    const row = rows().find((each) => number(each) === place.row);
    if (row) choose(row);
    queue.scrollTop = place.top;
    window.scrollTo(0, place.page);
    show();
  }
  back();
})();
