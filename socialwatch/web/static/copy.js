// Copy: what we know goes to the clipboard with Enter or a click; c leads there, arrows walk along.
(() => {
  "use strict";
  const OFF = "socialwatch.keys.off";
  const said = document.getElementById("nieuws");
  const all = () => [...document.querySelectorAll("[data-copy]")];

  function byHand(words) {
    const box = document.createElement("textarea");
    box.value = words;
    box.className = "unseen";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }

  async function copy(button) {
    // The clipboard is closed to a page without a secure address; the old way still works there.
    const words = button.dataset.copy;
    const done = navigator.clipboard ? await navigator.clipboard.writeText(words).then(() => true, () => byHand(words)) : byHand(words);
    button.focus();
    if (said) said.textContent = done ? `Gekopieerd: ${button.dataset.copyName}` : "Kopiëren lukte niet";
    button.classList.toggle("copied", done);
    setTimeout(() => button.classList.remove("copied"), 1200);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const here = all().indexOf(event.target.closest("[data-copy]"));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (here !== -1 && by) {
      event.preventDefault();
      all()[Math.min(all().length - 1, Math.max(0, here + by))].focus();
    } else if (event.key === "c" && localStorage.getItem(OFF) !== "yes" && all().length) {
      event.preventDefault();
      all()[0].focus();
    }
  });
})();
