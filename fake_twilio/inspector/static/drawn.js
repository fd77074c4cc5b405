// A page as the server draws it now, to be put in the place of what it drew before.

let turns = 0; // of asking: an older answer never replaces a newer one

/** Return this page as it is now; null if the fake is not there, or if a newer one is under way. */
export async function drawn() {
  const turn = ++turns;
  const text = await fetch(location.href).then((answer) => answer.text()).catch(() => null);
  return text === null || turn !== turns ? null : new DOMParser().parseFromString(text, "text/html");
}

/** Return what has *redraw* called, at most once in so many milliseconds, and only while somebody looks. */
export function atMostEvery(restMilliseconds, redraw) {
  let isPlanned = false;

  function plan() {
    if (isPlanned || document.hidden) return; // it is drawn when somebody looks again
    isPlanned = true;
    setTimeout(() => { isPlanned = false; redraw(); }, restMilliseconds);
  }

  document.addEventListener("visibilitychange", plan);
  return plan;
}
