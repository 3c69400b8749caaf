// What one page shows after hostile words: everything that broke, as sentences; an empty list when nothing did.
() => {
  const broken = [];
  const name = (one) => one.tagName.toLowerCase() + (one.className && one.className.baseVal === undefined ? "." + [...one.classList].join(".") : "");
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) broken.push(`the page scrolls sideways: ${wide.scrollWidth} > ${wide.clientWidth}`);
  if (window.__ran !== undefined) broken.push("something ran");
  for (const each of window.__refused || []) broken.push("policy: " + each);

  const panes = [...document.querySelectorAll(".pane")].filter((each) => each.offsetWidth);
  const held = (one, pane) => {
    for (let up = one.parentElement; up && up !== pane; up = up.parentElement) if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  for (const pane of panes) {
    if (pane.scrollWidth > pane.clientWidth) broken.push(`${name(pane)} scrolls sideways: ${pane.scrollWidth} > ${pane.clientWidth}`);
    const box = pane.getBoundingClientRect();
    for (const one of pane.querySelectorAll("*")) {
      const at = one.getBoundingClientRect();
      if (!at.width || !one.checkVisibility() || (at.left >= box.left - 1 && at.right <= box.right + 1)) continue;
      if (!one.closest(".unseen") && !held(one, pane)) broken.push(`${name(one)} leaves its pane: ${Math.round(at.left)}..${Math.round(at.right)} of ${Math.round(box.left)}..${Math.round(box.right)}`);
    }
  }

  // Latin letters beside a stranger's words still run from left to right, and no line of ours took their direction.
  const ours = ".clock, .row-foot .muted, .meter-word, .post-head .muted, .post-foot .muted, .row-why, .chip, .event, .order-top, .fact, dt, h2, h3, label, button";
  for (const one of document.querySelectorAll(ours)) {
    if (!one.offsetWidth || one.closest(".unseen, [dir=auto], bdi")) continue;
    if (getComputedStyle(one).direction !== "ltr") broken.push(`${name(one)} runs from right to left`);
  }
  const range = document.createRange();
  const place = (text, at) => { range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect(); };
  for (const one of document.querySelectorAll("time, .clock, .meter-word, .owner, dt, h2")) {
    const text = [...one.childNodes].find((each) => each.nodeType === 3 && /[A-Za-z]{2}/.test(each.data));
    if (!text || !one.offsetWidth || one.closest(".unseen")) continue;
    const first = text.data.search(/[A-Za-z]{2}/);
    const [a, b] = [place(text, first), place(text, first + 1)];
    if (a.width && b.width && a.top === b.top && a.left >= b.left) broken.push(`${name(one)} is written backwards`);
  }
  for (const row of document.querySelectorAll(".row-top, .post-head")) {
    const [who, when] = [row.firstElementChild.getBoundingClientRect(), row.children[1] && row.children[1].getBoundingClientRect()];
    if (when && when.width && who.width && Math.abs(who.top - when.top) < 4 && when.left < who.left) broken.push(`${name(row)} changed sides`);
  }
  return broken;
}
