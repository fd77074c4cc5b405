"""Judges whether a page can be read and used by everybody: the measurable part of WCAG 2.2, A and AA.

Colours are measured as the browser computed them, names are those that it tells a screen reader, and the keyboard is
pressed. Each fault is a line that begins with the rule which it breaks.
"""

from pathlib import Path
from typing import Any

NAMED_ROLES = frozenset(
    {
        *("button", "link", "image", "textbox", "searchbox", "combobox", "spinbutton", "checkbox", "radio", "slider"),
        *("meter", "progressbar", "dialog", "region", "DisclosureTriangle"),
    }
)
NARROW_PIXELS = (390, 320)  # a phone; and 1280 at 400 %, WCAG 1.4.10
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
TOO_WIDE = """
() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  const all = [...document.querySelectorAll("body *")];
  const wide = all.filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
  const told = wide.map((one) => `${one.localName}.${one.className}`).slice(0, 3);
  return scrollWidth > clientWidth ? [`width: ${scrollWidth} of ${clientWidth} pixels: ${told}`] : [];
}
"""


def faults_of(page: Any) -> list[str]:
    """Return what is wrong with the page as it is shown, with everything opened that can be."""
    page.evaluate(OPEN_ALL)
    return [*page.evaluate(_script("contrast")), *page.evaluate(_script("structure")), *_nameless(page)]


def focus_faults_of(page: Any) -> list[str]:
    """Return what the keyboard does not reach, and where its focus is not seen."""
    page.evaluate(OPEN_ALL)
    for _ in range(page.evaluate(_script("focus")) + 2):
        page.keyboard.press("Tab")
    return list(page.evaluate("focusFaults()"))


def width_faults_of(page: Any) -> list[str]:
    """Return where the page is wider than a narrow window."""
    page.evaluate(OPEN_ALL)
    faults: list[str] = []
    for pixels in NARROW_PIXELS:
        page.set_viewport_size({"width": pixels, "height": 800})
        faults += page.evaluate(TOO_WIDE)
    return faults


def _nameless(page: Any) -> list[str]:
    """Return what a screen reader meets without a name, by the browser's own reckoning."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    met = [node for node in nodes if not node["ignored"] and node["role"]["value"] in NAMED_ROLES]
    return [f"name: a {node['role']['value']} without one" for node in met if not _name(node)]


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def _script(name: str) -> str:
    return Path(__file__).with_name(f"{name}.js").read_text("utf-8").partition("\n")[2]
