// What every page does: be live, be dark or light, copy. Texts are only ever set as text, never as HTML.

const POLL_MILLISECONDS = 1000;

/** Ask the fake to change something; returns its answer, or throws what it said. */
export async function change(method, path, body = {}) {
  const answer = await fetch(`/_fake${path}`, {
    method,
    headers: { "Content-Type": "application/json", "X-Fake-Twilio": "1" },
    body: JSON.stringify(body),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error((told.problems ?? [answer.statusText]).join("; "));
  return told;
}

/** Make an element with attributes and children; a text stays a text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Say something in the head of the page, for eyes and for screen readers. */
export function say(text) {
  document.getElementById("live").textContent = text;
}

/** Call *told* with what changed since *newest*, as it changes: by events, or by asking if there are too many pages. */
export function follow(newest, told) {
  const events = new EventSource(`/inspector/events?since=${newest}`);
  events.onopen = () => say("live");
  events.onmessage = (event) => {
    const changes = JSON.parse(event.data);
    newest = changes.newest;
    told(changes);
  };
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) return ask(); // it was refused, and the browser does not come again
    say("not connected, trying again");
  };
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // it missed what came meanwhile

  async function ask() {
    try {
      const changes = await (await fetch(`/inspector/changes?since=${newest}`)).json();
      say("live, asking");
      if (changes.newest !== newest) { newest = changes.newest; told(changes); }
    } catch {
      say("not connected, trying again");
    }
    setTimeout(ask, POLL_MILLISECONDS);
  }
}

function offerTheme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  button.hidden = false;
  button.addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    document.cookie = `fake_twilio_theme=${root.dataset.theme}; path=/; SameSite=Strict; max-age=31536000`;
  });
}

/** Give each text in *part* that is there to be copied a button for it. */
export function offerCopies(part) {
  for (const block of part.querySelectorAll("[data-copy]")) {
    const text = block.textContent;
    const button = element("button", { type: "button", class: "copy" }, "Copy");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        say("copied");
      } catch {
        say("this browser does not let a page copy here: mark the text, and copy it by hand");
      }
    });
    block.prepend(button);
  }
}

offerTheme();
offerCopies(document);
