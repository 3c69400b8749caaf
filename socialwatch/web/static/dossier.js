// The dossier as it is read: reasons and insults unfold, i corrects the first impression.
(() => {
  "use strict";

  function fold(each) {
    const shown = each.toggleAttribute("data-shown");
    if (shown) for (const other of document.querySelectorAll("mark[data-shown]")) if (other !== each) other.removeAttribute("data-shown");
  }

  document.addEventListener("click", (event) => {
    const each = event.target.closest("[data-fold]");
    if (each) fold(each);
  });

  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest && event.target.closest("mark[data-fold]");
    if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      fold(mark);
      return;
    }
    if (event.key === "Escape") {
      const open = document.querySelector("mark[data-shown]");
      const choices = document.querySelector("details[data-correct][open]");
      if (open) open.removeAttribute("data-shown");
      else if (choices) choices.open = false;
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || localStorage.getItem("socialwatch.keys.off") === "yes") return;
    const box = document.querySelector("details[data-correct]");
    if (!box) return;
    if (event.key === "i") {
      box.open = !box.open;
      const first = box.querySelector(box.open ? "button" : "summary");
      if (first) first.focus();
    } else if (box.open && /^[1-4]$/.test(event.key)) {
      box.querySelectorAll("button[name=correction]")[Number(event.key) - 1].click();
    } else return;
    event.preventDefault();
  });

  // After a correction the focus is where it was made, so that the next key goes on from there.
  if (location.hash === "#indruk") {
    const place = document.getElementById("indruk");
    if (place) place.focus();
  }
})();
