// The parts of the world that live: drawn anew by the server when something changed, and while a queue drains.

import { follow, say } from "/inspector/page.js";

const REST_MILLISECONDS = 1000;
let isPlanned = false;
let turns = 0; // of redrawing: an older answer never replaces a newer one

function plan() {
  if (isPlanned) return;
  isPlanned = true;
  setTimeout(redraw, REST_MILLISECONDS);
}

async function redraw() {
  isPlanned = false;
  if (document.hidden) return; // it is drawn when somebody looks again
  const turn = ++turns;
  try {
    const text = await (await fetch("/world")).text();
    if (turn === turns) replace(new DOMParser().parseFromString(text, "text/html"));
  } catch {
    say("not connected, trying again");
  }
  drain();
}

/** Put each part that the server draws now in the place of the old one, unless somebody is at work in that. */
function replace(drawn) {
  for (const shown of document.querySelectorAll("[data-live]")) {
    const fresh = drawn.getElementById(shown.id);
    if (fresh && !isInUse(shown)) shown.replaceWith(document.adoptNode(fresh));
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
document.addEventListener("visibilitychange", plan);
drain();
