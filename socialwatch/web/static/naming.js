// Naming: an @ in a note offers the colleagues whose name goes on like that; arrows choose, Enter or Tab takes, Esc closes.
(() => {
  "use strict";
  const MOST = 6;

  function start(box) {
    const names = box.dataset.colleagues.split("\n").filter(Boolean);
    const list = box.parentElement.querySelector(".naming-list");
    let shown = [];
    let at = 0;

    const typed = () => /(?:^|[\s(])@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]*)?)$/u.exec(box.value.slice(0, box.selectionStart));

    function close() {
      shown = [];
      list.hidden = true;
      box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-expanded", "false");
    }

    function draw() {
      list.replaceChildren(
        ...shown.map((name, place) => {
          const item = document.createElement("li");
          item.id = `${list.id}-${place}`;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", String(place === at));
          item.textContent = name;
          item.addEventListener("mousedown", (event) => (event.preventDefault(), take(place)));
          return item;
        }),
      );
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      box.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    }

    function look() {
      const found = typed();
      if (!found) return close();
      const said = found[1].toLocaleLowerCase("nl");
      shown = names.filter((name) => name.toLocaleLowerCase("nl").startsWith(said)).slice(0, MOST);
      if (!shown.length || shown[0].toLocaleLowerCase("nl") === said) return close();
      at = 0;
      draw();
    }

    function take(place) {
      const found = typed();
      if (!found) return close();
      const from = box.selectionStart - found[1].length;
      box.setRangeText(`${shown[place]} `, from, box.selectionStart, "end");
      close();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }

    box.addEventListener("input", look);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (list.hidden || event.ctrlKey || event.metaKey) return;
      const keys = {
        ArrowDown: () => ((at = (at + 1) % shown.length), draw()),
        ArrowUp: () => ((at = (at + shown.length - 1) % shown.length), draw()),
        Enter: () => take(at),
        Tab: () => take(at),
        Escape: close,
      };
      if (!keys[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    });
  }

  for (const box of document.querySelectorAll("textarea[data-colleagues]")) start(box);
})();
