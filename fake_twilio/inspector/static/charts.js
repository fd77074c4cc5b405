// The charts, drawn anew by the server a few seconds after something changed.

import { atMostEvery, drawn } from "/inspector/drawn.js";
import { follow } from "/inspector/page.js";

const REST_MILLISECONDS = 3000;

async function redraw() {
  const fresh = (await drawn())?.getElementById("charts");
  const shown = document.getElementById("charts");
  if (!fresh || shown.contains(document.activeElement)) return;
  for (const open of shown.querySelectorAll("details[open]")) {
    fresh.querySelector(`[data-key="${CSS.escape(open.dataset.key)}"]`)?.setAttribute("open", "");
  }
  shown.replaceWith(fresh);
}

follow(Number(document.getElementById("charts").dataset.newest), atMostEvery(REST_MILLISECONDS, redraw));
