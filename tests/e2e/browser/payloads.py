"""Five hundred texts that would like to be elements, attributes and scripts, and a judge who sees what became one.

What a payload would make bears an attribute that no page of ours has, so nothing of it can hide among our own.
"""

from itertools import product
from typing import Any

COUNT = 500
RUNS = (
    "alert(1)",
    "window.isRun=1",
    "fetch('http://127.0.0.1:9/')",
    "document.title='run'",
    "import('//127.0.0.1:9/x')",
)
BREAKS = ("", '"', "'", '">', "'>", "-->", "]]></script>", "</td></pre>", "</title></textarea>", "{{7*7}}")
SHAPES = (
    "<script hostile>{run}</script>",
    "<img hostile src=x onerror={run}>",
    "<svg hostile onload={run}>",
    "<iframe hostile srcdoc='<script>{run}</script>'></iframe>",
    "<a hostile href=javascript:{run}>x</a>",
    "<style hostile>@import '//127.0.0.1:9/{run}'</style>",
    "<link hostile rel=stylesheet href='http://127.0.0.1:9/{run}'>",
    "<details hostile open ontoggle={run}>",
    "<form hostile action=//127.0.0.1:9><input autofocus onfocus={run}>",
    " hostile tabindex=0 autofocus onfocus={run} x=",  # within a tag, of which some of BREAKS lead out
)
PAYLOADS = [f"{broken}{shape.format(run=run)}" for shape, run, broken in product(SHAPES, RUNS, BREAKS)]
INTRUDERS = """
() => {
  const made = [...document.querySelectorAll("[hostile]")].map((one) => one.outerHTML.slice(0, 80));
  const leads = ["href", "src", "action", "formaction"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((one) => new URL(one.getAttribute(name), location.href)));
  const isOurs = (url) => url.origin === location.origin || url.href.startsWith("https://www.twilio.com/docs/api/errors/");
  const away = leads.filter((url) => !isOurs(url)).map((url) => url.href);
  const inline = [...document.scripts].filter((one) => !one.src || one.type !== "module").map((one) => one.outerHTML);
  const has_run = "isRun" in window || document.title === "run" ? ["a script has run"] : [];
  return [...made, ...away, ...inline, ...has_run];
}
"""


def intruders_in(page: Any) -> list[str]:
    """Return what a page has that is not ours: elements, addresses elsewhere, scripts."""
    return list(page.evaluate(INTRUDERS))
