// The charts, drawn anew by the server a few seconds after something changed.

import { follow, say } from "/inspector/page.js";

const REST_MILLISECONDS = 3000;
let waiting = false;

async function redraw() {
  try {
    const answer = await fetch("/charts");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("charts");
    const shown = document.getElementById("charts");
    for (const open of shown.querySelectorAll("details[open]")) {
      fresh.querySelector(`[data-key="${CSS.escape(open.dataset.key)}"]`)?.setAttribute("open", "");
    }
    if (!shown.contains(document.activeElement)) shown.replaceWith(document.adoptNode(fresh));
  } catch {
    say("not connected, trying again");
  }
  waiting = false;
}

follow(Number(document.getElementById("charts").dataset.newest), () => {
  if (waiting) return;
  waiting = true;
  setTimeout(redraw, REST_MILLISECONDS);
});
