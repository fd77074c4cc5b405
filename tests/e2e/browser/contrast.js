// What has too little contrast to what it stands on, of all that is seen (WCAG 2.2, 1.4.3 and 1.4.11).
() => {
  const TEXT = 4.5, LARGE = 3, GRAPHIC = 3;
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const faults = [];

  /** Read any colour of CSS as numbers: red, green, blue from 0 to 255, and alpha from 0 to 1. */
  function numbers(color) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function over([r, g, b, alpha], below) {
    return [r, g, b].map((one, place) => one * alpha + below[place] * (1 - alpha)).concat(1);
  }

  function luminance(color) {
    const [r, g, b] = color.slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** Compose what lies behind the content of *element*, up to the first that lets nothing through; null if none does. */
  function ground(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      layers.push(numbers(style.backgroundColor));
      if (layers.at(-1)[3] === 1) return layers.reverse().reduce((below, layer) => over(layer, below));
    }
    return null;
  }

  function opacity(element) {
    let all = 1;
    for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  }

  function name(element) {
    return element.localName + [...element.classList].map((one) => `.${one}`).join("");
  }

  function judge(what, element, color, behind, wanted) {
    if (behind === null) return faults.push(`contrast: what lies behind ${what} in ${name(element)} is not one colour`);
    const [r, g, b, alpha] = numbers(color);
    const found = ratio(over([r, g, b, alpha * opacity(element)], behind), behind);
    if (found < wanted) faults.push(`contrast: ${found.toFixed(2)} of ${wanted} for ${what} in ${name(element)}`);
  }

  function isSeen(element) {
    return element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  }

  function judgeText(element, text) {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const color = element.closest("svg") ? style.fill : style.color;
    judge(`"${text.trim().slice(0, 30)}"`, element, color, ground(element), isLarge ? LARGE : TEXT);
  }

  function judgeField(field) {
    const style = getComputedStyle(field);
    if (field.value && field.localName !== "select") judgeText(field, field.value);
    if (field.localName === "select") judgeText(field, field.selectedOptions[0]?.text ?? "");
    if (field.placeholder) judge("its hint", field, getComputedStyle(field, "::placeholder").color, ground(field), TEXT);
    if (["range", "checkbox", "radio", "color"].includes(field.type)) return; // the browser draws them
    const around = ground(field.parentElement);
    if (around === null) return; // said of its text
    const edge = parseFloat(style.borderBottomWidth) ? numbers(style.borderBottomColor) : [0, 0, 0, 0];
    const best = Math.max(ratio(over(edge, around), around), ratio(ground(field), around));
    if (best < GRAPHIC) faults.push(`contrast: ${best.toFixed(2)} of ${GRAPHIC} for the edge of ${name(field)}`);
  }

  function judgeShape(shape) {
    const style = getComputedStyle(shape);
    const color = style.stroke !== "none" && style.fill === "none" ? style.stroke : style.fill;
    judge("a shape", shape, color, ground(shape), GRAPHIC);
  }

  function judgeMark(element) {
    const mark = getComputedStyle(element, "::before");
    if (mark.content === "none" || mark.display === "none") return;
    const color = parseFloat(mark.borderTopWidth) ? mark.borderTopColor : mark.backgroundColor;
    if (mark.content === '""' && numbers(color)[3]) judge("a mark", element, color, ground(element), GRAPHIC);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement, textContent } = texts.currentNode;
    if (textContent.trim() && isSeen(parentElement) && !parentElement.closest("option, textarea")) {
      judgeText(parentElement, textContent);
    }
  }
  document.querySelectorAll("input:not([type=hidden]), select, textarea").forEach((one) => isSeen(one) && judgeField(one));
  document.querySelectorAll("svg :is(polyline, rect, path, circle, line):not(.grid)").forEach(judgeShape);
  document.querySelectorAll("body *").forEach((one) => isSeen(one) && judgeMark(one));
  return [...new Set(faults)];
}
