// Clocks: what counts goes on although nothing happens: every minute the parts of a page with a clock in them are asked for anew.
(() => {
  "use strict";
  const MINUTE = 60000;
  const COUNTS = ".clock:not(.still), .protocol-clock, [data-countdown]";

  // A minute that passed is no news: who hears the page is not told that it changed.
  function again(part) {
    const news = part.dataset.news;
    const back = () => setTimeout(() => news && (part.dataset.news = news));
    delete part.dataset.news;
    part.addEventListener("htmx:after:swap", back, { once: true });
    setTimeout(back, 5000);
    part.dispatchEvent(new CustomEvent("refresh"));
  }

  setInterval(() => {
    if (document.hidden) return;
    for (const part of document.querySelectorAll("[data-live]")) if (part.querySelector(COUNTS)) again(part);
  }, MINUTE);
})();
