// Note each element that gets the focus, and whether it can be seen to have it (WCAG 2.2, 2.4.7, 2.4.11 and 1.4.11).
() => {
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const expected = [...document.querySelectorAll(STOPS)].filter((one) => one.checkVisibility() && !one.disabled);
  const met = new Set();
  const faults = new Set();

  function luminance(color) {
    const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ground(element) {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  }

  addEventListener("focusin", ({ target }) => {
    met.add(target);
    const style = getComputedStyle(target);
    const name = target.outerHTML.slice(0, 80);
    const box = target.getBoundingClientRect();
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return faults.add(`focus: not to be seen on ${name}`);
    const [dark, light] = [luminance(style.outlineColor), luminance(ground(target))].sort((a, b) => a - b);
    const found = (light + 0.05) / (dark + 0.05);
    if (found < 3) faults.add(`focus: ${found.toFixed(2)} of 3 on ${name}`);
    if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.add(`focus: out of sight on ${name}`);
  });
  window.focusFaults = () => [
    ...faults,
    ...expected.filter((one) => one.isConnected && !met.has(one)).map((one) => `focus: never reached: ${one.outerHTML.slice(0, 80)}`),
  ];
  document.activeElement?.blur();
  return expected.length;
}
