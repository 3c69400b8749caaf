// The reply box: counts, keeps drafts over reloads and crashes, puts building blocks in, and lets a form go out once.
(() => {
  "use strict";
  const PREFIX = "socialwatch.draft." + (document.body.dataset.agent || "") + ".";
  const WEEK = 7 * 24 * 3600 * 1000;
  // As domain/weight.py counts, which has the last word when the answer is sent.
  const LINK = "x".repeat(23);
  const ENDS = "nl|be|com|eu|org|net|nu|info|amsterdam|vlaanderen|brussels|shop|store|io|co|app|de|fr|uk|me|gov|edu|biz|frl|tv|online|site|website|ly|gl|gd|to|link|page|dev|lu|es|it|at|ch|pl|care|help|support|energy|bank|cloud";
  const NAME = "(?:[a-z0-9](?:[a-z0-9-]{0,62})\\.){1,4}";
  const PATH = "\\/[^\\s<>\"]*[^\\s<>\".,;:!?)\\]'’”]";
  const LINKS = new RegExp(
    `https?:\\/\\/[^\\s<>"]*[^\\s<>".,;:!?)\\]'’”]|(?<![\\w@.\\/-])(?:www\\.${NAME}[a-z]{2,15}(?![\\w-])(?:${PATH})?|${NAME}[a-z]{2,15}${PATH}|${NAME}(?:${ENDS})(?![\\w-]|\\.[a-z]))`,
    "giu",
  );
  const EMOJI = /\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|\p{ExtPict}(?:\uFE0F|\p{EMod})?(?:\u200D\p{ExtPict}(?:\uFE0F|\p{EMod})?)*/gu;
  const light = (code) => code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);

  function onX(text) {
    const short = text.normalize("NFC").replace(LINKS, LINK).replace(EMOJI, "xx");
    return [...short].reduce((used, sign) => used + (light(sign.codePointAt(0)) ? 1 : 2), 0);
  }

  function length(text, channel) {
    if (channel === "x") return onX(text);
    if (channel === "bluesky") return [...new Intl.Segmenter("nl").segment(text)].length;
    if (channel === "mastodon") return [...text.replace(/(?<![\w@])@(\w+)@[\w-]+(?:\.[\w-]+)+/g, "@$1").replace(LINKS, LINK)].length;
    return [...text].length;
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  }

  function keep(box) {
    const key = box.dataset.draft;
    const { approval, private: tick, by_mail: mail } = box.form.elements;
    const kept = { text: box.value, from: box.defaultValue, at: Date.now(), approval: approval ? approval.value : "", private: Boolean(tick && tick.checked), mail: Boolean(mail && mail.checked) };
    if (box.value) localStorage.setItem(PREFIX + key, JSON.stringify(kept));
    else localStorage.removeItem(PREFIX + key);
  }

  // A draft whose answer stands in the thread was sent.
  function alive(kept) {
    const sent = kept && kept.approval && [...document.querySelectorAll("[data-approval]")].some((each) => each.dataset.approval === kept.approval);
    return Boolean(kept) && !sent && Date.now() - kept.at <= WEEK;
  }

  // What the server gives back (an answer that was refused, taken back, or is mended) stands in the box already: what was
  // changed in those very words goes on, and other words that were never sent come below them.
  function restore(box) {
    const kept = read(box.dataset.draft);
    const given = box.value;
    if (!alive(kept)) {
      localStorage.removeItem(PREFIX + box.dataset.draft);
      return given ? keep(box) : undefined;
    }
    if (!given || kept.from === given) box.value = kept.text;
    else if (!given.includes(kept.text.trim())) box.value = `${given}\n\n${kept.text}`;
    else return keep(box);
    // What was meant for one person must not come back as a word to all.
    if (kept.private && box.form.elements.private) box.form.elements.private.checked = true;
    if (kept.mail && box.form.elements.by_mail) box.form.elements.by_mail.checked = true;
    return keep(box);
  }

  // A note has no approval to recognise it by: its words leave the store when the page that answers its form is there,
  // and does not refuse it.
  const OUT = "socialwatch.out";
  function arrived() {
    const out = JSON.parse(sessionStorage.getItem(OUT) || "null");
    sessionStorage.removeItem(OUT);
    const [came] = performance.getEntriesByType("navigation");
    const from = document.referrer ? new URL(document.referrer).pathname : "";
    const well = came && came.type !== "back_forward" && !document.querySelector("[data-problem]");
    if (out && well && out.from === from) localStorage.removeItem(out.key);
  }

  // Not every post takes a private answer: the tick is there for those that do, and keeps its choice meanwhile.
  function offerPrivate(form) {
    const place = form.querySelector("[data-private]");
    const field = form.elements.mention;
    if (!place || !field.options) return;
    const able = "privately" in field.options[field.selectedIndex].dataset;
    place.hidden = !able;
    form.elements.private.disabled = !able;
  }

  // A mail only to whom it is sure of, and one way at a time.
  function offerMail(form, ticked) {
    const place = form.querySelector("[data-mail]");
    if (!place) return;
    const { by_mail: mail, private: tick, mention } = form.elements;
    const able = place.dataset.mail.split(" ").includes(mention.value);
    place.hidden = !able;
    mail.disabled = !able;
    if (ticked === mail && mail.checked && tick) tick.checked = false;
    if (ticked && ticked === tick && tick.checked) mail.checked = false;
  }

  const letter = (form) => Boolean(form.elements.by_mail && form.elements.by_mail.checked && !form.elements.by_mail.disabled);

  function chosen(form) {
    const field = form.elements.mention;
    const option = field && field.options ? field.options[field.selectedIndex] : field;
    return option ? option.dataset : {};
  }

  // As domain/voice.py signs, at sending: a public answer ends in ^Name, once, and a letter never does.
  function signed(form, box, channel) {
    const text = box.value.trim();
    const sign = box.dataset.sign;
    const tick = form.elements.private;
    const secret = tick && tick.checked && !tick.disabled;
    const left = !sign || !text || secret || channel === "mail" || channel === "file" || /\^\s?[\p{L}\p{N}_]+[^\p{L}\p{N}_]*$/u.test(text);
    return left ? text : `${text} ${sign}`;
  }

  function count(form) {
    const shown = form.querySelector("[data-count]");
    const box = form.querySelector("textarea");
    if (!shown || !box) return;
    const { limit, channel } = letter(form) ? { limit: "50000", channel: "mail" } : chosen(form);
    const most = Number(limit || 0);
    const used = length(signed(form, box, channel), channel);
    shown.textContent = most ? `${used} / ${most.toLocaleString("nl")}` : used ? String(used) : "\u00a0";
    shown.classList.toggle("over", most > 0 && used > most);
  }

  function grow(box) {
    box.rows = Math.min(14, Math.max(box.dataset.least || 3, box.value.split("\n").length + Math.floor(box.value.length / 90)));
  }

  arrived();
  for (const box of document.querySelectorAll("textarea[data-draft]")) {
    box.dataset.least = box.rows;
    restore(box);
    grow(box);
  }
  for (const form of document.querySelectorAll("form[data-reply]")) {
    offerPrivate(form);
    offerMail(form);
    count(form);
  }

  document.addEventListener("input", (event) => {
    const box = event.target.closest("textarea[data-draft]");
    if (box) {
      keep(box);
      grow(box);
    }
    const form = event.target.closest("form[data-reply]");
    if (!form) return;
    offerPrivate(form);
    offerMail(form, event.target);
    count(form);
    if (["private", "by_mail"].includes(event.target.name)) keep(form.querySelector("textarea[data-draft]"));
  });

  // execCommand keeps what the browser can undo; setRangeText would not.
  function put(box, words) {
    box.focus();
    if (!document.execCommand("insertText", false, words)) {
      box.setRangeText(words, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("click", (event) => {
    const block = event.target.closest("[data-block]");
    if (!block) return;
    block.closest("details").open = false;
    put(block.closest("form").elements.text, block.dataset.words);
  });

  // ;name and Tab. A Tab after anything else goes where it always goes.
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "Tab" || event.shiftKey || !box.matches || !box.matches("form[data-reply] textarea")) return;
    const typed = /;([\p{L}\p{N}_-]{1,30})$/u.exec(box.value.slice(0, box.selectionEnd));
    const block = typed && [...box.form.querySelectorAll("[data-block]")].find((each) => each.dataset.block === typed[1].toLowerCase());
    if (!block) return;
    event.preventDefault();
    box.setSelectionRange(box.selectionEnd - typed[0].length, box.selectionEnd);
    put(box, block.dataset.words);
  });

  // How long an answer may still be taken back; at the end the way is gone, whatever a late event says.
  function tickDown() {
    for (const form of document.querySelectorAll("form[data-undo]")) {
      if (form.dataset.begun !== form.dataset.seconds) {
        form.dataset.begun = form.dataset.seconds;
        form.dataset.until = String(Date.now() + Number(form.dataset.seconds) * 1000);
      }
      const left = Math.ceil((Number(form.dataset.until) - Date.now()) / 1000);
      form.hidden = left <= 0;
      form.querySelector("[data-left]").textContent = left > 0 ? `, over ${left} ${left === 1 ? "seconde" : "seconden"}` : "";
    }
  }
  tickDown();
  setInterval(tickDown, 250);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-sign-out]")) {
      for (const key of Object.keys(localStorage)) if (key.startsWith("socialwatch.draft.")) localStorage.removeItem(key);
      return;
    }
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const box = form.querySelector("textarea[data-draft]");
    if (box) keep(box);
    if (box && !form.elements.approval) sessionStorage.setItem(OUT, JSON.stringify({ key: PREFIX + box.dataset.draft, from: location.pathname }));
    setTimeout(() => delete form.dataset.sent, 8000);
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sessionStorage.removeItem(OUT);
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
