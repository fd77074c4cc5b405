// The list of messages, live: new ones come first, and each shows its newest status.

import { element, follow } from "/inspector/page.js";

const table = document.getElementById("messages");
const body = table.tBodies[0];
const asked = new URLSearchParams(location.search);
const isWhole = !["q", "status", "direction", "before"].some((name) => asked.get(name));
const KEPT_ROWS = 200;

function time(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function badge(row) {
  const text = row.error_code ? `${row.status} ${row.error_code}` : row.status;
  return element("span", { class: `badge ${row.status}` }, text);
}

function cell(name, content, kind = "") {
  return element("td", { "data-name": name, class: kind }, content);
}

function made(row) {
  const link = element("a", { href: `/messages/${row.sid}` }, row.body || "(no text)");
  return element(
    "tr",
    { "data-sid": row.sid, class: "is-new" },
    cell("time", time(row.at)),
    cell("sender", row.sender, "number"),
    cell("recipient", row.recipient, "number"),
    cell("text", link),
    cell("segments", String(row.segments), "count"),
    cell("status", badge(row)),
  );
}

function show(row) {
  const known = body.querySelector(`[data-sid="${CSS.escape(row.sid)}"]`);
  if (known) {
    known.querySelector('[data-name="status"]').replaceChildren(badge(row));
    known.querySelector('[data-name="sender"]').textContent = row.sender;
  } else if (isWhole) {
    body.prepend(made(row));
    while (body.rows.length > KEPT_ROWS) body.lastElementChild.remove();
  }
}

function count(counts) {
  const badges = Object.entries(counts).map(([status, number]) =>
    element("a", { class: `badge ${status}`, "data-status": status, href: `/?status=${encodeURIComponent(status)}` },
      `${status} `, element("b", {}, String(number))));
  document.getElementById("counts").replaceChildren(...badges);
}

follow(Number(table.dataset.newest), (changes) => {
  if (changes.is_anew) return location.reload();
  if (changes.rows.length) {
    table.hidden = false;
    document.querySelector(".empty")?.remove();
  }
  changes.rows.forEach(show);
  for (const sid of changes.gone) body.querySelector(`[data-sid="${CSS.escape(sid)}"]`)?.remove();
  count(changes.counts);
});
