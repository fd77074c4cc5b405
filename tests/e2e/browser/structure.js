// What a page lacks for who cannot see it, or cannot point at small things (WCAG 2.2, A and AA).
() => {
  const LEAST_PIXELS = 24;
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (selector) => all(selector).filter((one) => one.checkVisibility() && one.getClientRects().length);

  function want(isSo, fault) {
    if (!isSo) faults.push(fault);
  }

  function name(element) {
    return `${element.outerHTML.slice(0, 80).replace(/\s+/g, " ")}`;
  }

  function isLabelled(field) {
    const texts = [...(field.labels ?? [])].map((label) => label.textContent);
    const named = (field.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
    return [...texts, ...named, field.getAttribute("aria-label")].some((text) => text?.trim());
  }

  function judgeHeadings() {
    const levels = seen("h1, h2, h3, h4, h5, h6").map((one) => Number(one.localName[1]));
    want(levels.filter((level) => level === 1).length === 1, "heading: wanted one h1");
    levels.reduce((before, level) => {
      want(level <= before + 1, `heading: an h${level} stands below an h${before}`);
      return level;
    }, 0);
  }

  function judgeLandmarks() {
    for (const selector of ["main", "header", "nav[aria-label]"]) {
      want(seen(selector).length === 1, `landmark: wanted one ${selector}`);
    }
    want(document.documentElement.lang, "lang: the page does not say its language");
    want(document.title.trim(), "title: the page has none");
    want(!/user-scalable\s*=\s*(no|0)|maximum-scale/.test(document.querySelector("meta[name=viewport]")?.content ?? "no viewport"),
      "zoom: the page stops it");
    want(document.querySelector("meta[name=viewport]"), "zoom: the page has no viewport");
  }

  function judgeReferences() {
    const ids = all("[id]").map((one) => one.id);
    want(new Set(ids).size === ids.length, "id: one stands twice");
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "list"]) {
      for (const one of all(`[${attribute}]`)) {
        const asked = one.getAttribute(attribute).split(" ");
        want(asked.every((id) => document.getElementById(id)), `id: ${attribute} leads nowhere: ${name(one)}`);
      }
    }
  }

  function judgeTables() {
    for (const table of seen("table")) {
      const heads = [...table.querySelectorAll("th")];
      want(heads.length && heads.every((one) => one.textContent.trim()), `table: a column without a head: ${name(table)}`);
    }
  }

  /** WCAG 2.2, 2.5.8: large enough, or in a sentence, or with enough room around it. */
  function judgeTargets() {
    const targets = seen("a[href], button, input:not([type=hidden]), select, textarea, summary").filter((one) => !one.matches(".skip"));
    const boxes = targets.map((one) => one.getBoundingClientRect());
    const small = (box) => Math.min(box.width, box.height) < LEAST_PIXELS;
    targets.forEach((target, place) => {
      const box = boxes[place];
      if (!small(box) || isInSentence(target)) return;
      const isCrowded = boxes.some((other, at) => at !== place && (small(other) ? apart(box, other) < LEAST_PIXELS : nears(box, other)));
      want(!isCrowded, `target: ${box.width.toFixed()} × ${box.height.toFixed()} pixels, and others near: ${name(target)}`);
    });
  }

  function middle(box) {
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  function apart(one, other) {
    const [[x, y], [u, v]] = [middle(one), middle(other)];
    return Math.hypot(x - u, y - v);
  }

  function nears(one, other) {
    const [x, y] = middle(one);
    return Math.hypot(Math.max(other.left - x, x - other.right, 0), Math.max(other.top - y, y - other.bottom, 0)) < LEAST_PIXELS / 2;
  }

  function isInSentence(target) {
    const beside = [...target.parentNode.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE && one.textContent.trim());
    return getComputedStyle(target).display === "inline" && beside.length > 0;
  }

  judgeHeadings();
  judgeLandmarks();
  judgeReferences();
  judgeTables();
  judgeTargets();
  for (const field of seen("input:not([type=hidden]), select, textarea")) {
    want(isLabelled(field), `label: a field without one: ${name(field)}`);
  }
  for (const one of all("[tabindex]")) want(one.tabIndex <= 0, `tabindex: ${one.tabIndex}: ${name(one)}`);
  return [...new Set(faults)];
}
