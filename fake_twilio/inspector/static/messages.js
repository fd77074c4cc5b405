// The list of messages, live: new ones come first, and each shows its newest status.

import { atMostEvery, drawn } from "/inspector/drawn.js";
import { element, follow, offerCopies } from "/inspector/page.js";

const REST_MILLISECONDS = 1000;
const KEPT_ROWS = 200;
const asked = new URLSearchParams(location.search);
const isWhole = !["q", "status", "direction", "before"].some((name) => asked.get(name));
const list = () => document.getElementById("list");
const table = () => document.getElementById("messages");
const plan = atMostEvery(REST_MILLISECONDS, redraw);
let told = Number(list().dataset.newest); // the number of the last change that was told

/** Put the list that the server draws now in the place of the old one; what is being typed above it stays. */
async function redraw() {
  const fresh = (await drawn())?.getElementById("list");
  if (!fresh) return;
  list().replaceWith(fresh);
  offerCopies(fresh);
  if (Number(fresh.dataset.newest) < told) plan(); // something came while it was drawn
}

function time(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function badge(row) {
  const text = row.error_code ? `${row.status} ${row.error_code}` : row.status;
  return element("span", { class: `badge ${row.status}` }, text);
}

function cell(name, kind, ...content) {
  return element("td", { "data-name": name, class: kind }, ...content);
}

function cells(row) {
  const link = element("a", { href: `/messages/${row.sid}` }, row.body || "(no text)");
  const media = row.media ? [" ", element("span", { class: "media" }, `${row.media} media`)] : [];
  return [
    cell("time", "", time(row.at)),
    cell("sender", "number", row.sender),
    cell("recipient", "number", row.recipient),
    cell("text", "", link, ...media),
    cell("segments", "count", String(row.segments)),
    cell("status", "", badge(row)),
  ];
}

function known(sid) {
  return table().querySelector(`[data-sid="${CSS.escape(sid)}"]`);
}

/** Show a message as it is now; of one that is shown already only what changed is touched. */
function show(row) {
  const old = known(row.sid);
  if (!old && !isWhole) return;
  if (!old) return add(element("tr", { "data-sid": row.sid, class: "is-new" }, ...cells(row)));
  for (const fresh of cells(row)) {
    const before = old.querySelector(`[data-name="${fresh.dataset.name}"]`);
    if (before.textContent !== fresh.textContent) before.replaceWith(fresh);
  }
}

function add(made) {
  const [body] = table().tBodies;
  body.prepend(made);
  while (body.rows.length > KEPT_ROWS) body.lastElementChild.remove();
}

function count(counts) {
  const badges = Object.entries(counts).map(([status, number]) =>
    element("a", { class: `badge ${status}`, "data-status": status, href: `/?status=${encodeURIComponent(status)}` },
      `${status} `, element("b", {}, String(number))));
  document.getElementById("counts").replaceChildren(...badges);
}

follow(told, (changes) => {
  told = changes.newest;
  if (changes.is_anew) return plan();
  if (changes.rows.length) {
    table().hidden = false;
    document.querySelector(".empty")?.remove();
  }
  changes.rows.forEach(show);
  for (const sid of changes.gone) known(sid)?.remove();
  count(changes.counts);
});
