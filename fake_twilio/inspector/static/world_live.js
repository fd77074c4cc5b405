// The parts of the world that live: drawn anew by the server when something changed, and while a queue drains.

import { atMostEvery, drawn } from "/inspector/drawn.js";
import { follow } from "/inspector/page.js";

const REST_MILLISECONDS = 1000;
const plan = atMostEvery(REST_MILLISECONDS, redraw);

async function redraw() {
  const page = await drawn();
  if (page) replace(page);
  drain();
}

/** Put each part that the server draws now in the place of the old one, unless somebody is at work in that. */
function replace(page) {
  for (const shown of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(shown.id);
    if (fresh && !isInUse(shown)) shown.replaceWith(fresh);
  }
}

function isInUse(part) {
  const chosen = getSelection();
  return part.contains(document.activeElement) || (!chosen.isCollapsed && chosen.containsNode(part, true));
}

/** What waits in a queue becomes less while nothing happens. */
function drain() {
  if ([...document.querySelectorAll("#queues meter")].some((meter) => meter.value > 0)) plan();
}

follow(Number(document.getElementById("world").dataset.newest), plan);
drain();
