// Gestures: another article brings its own price along, unless somebody wrote one.
(() => {
  "use strict";
  document.addEventListener("input", (event) => {
    if (event.target.name === "cost" && event.target.form.matches("[data-gesture]")) event.target.dataset.own = "yes";
  });
  document.addEventListener("change", (event) => {
    const { form, name } = event.target;
    if (name !== "item" || !form.matches("[data-gesture]")) return;
    const cost = form.elements.cost;
    const usual = event.target.options[event.target.selectedIndex].dataset.cost;
    if (cost && usual && !cost.dataset.own) cost.value = usual;
  });
})();
