"""A page that is watched: errors, dialogs, what its policy stopped, and every request to anywhere else."""

from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPORTS = """
addEventListener("securitypolicyviolation", (event) => console.error("CSP", event.violatedDirective, event.blockedURI));
"""


class Watched:
    """One page, and all that went wrong in it."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self._url = url
        self._trouble: list[str] = []
        page.add_init_script(REPORTS)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._trouble.append(f"error: {error}"))
        page.on("dialog", self._dismiss)
        page.on("request", self._see)

    def trouble(self) -> list[str]:
        """Return what went wrong, in the order in which it did."""
        return list(self._trouble)

    def open(self, path: str = "/") -> Any:
        """Open a page of the fake, and return it once its script follows what happens."""
        self.page.goto(path)
        self.page.locator("#live", has_text="live").wait_for()
        return self.page

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self._trouble.append(f"console: {message.text}")

    def _dismiss(self, dialog: Any) -> None:
        self._trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _see(self, request: Any) -> None:
        if not request.url.startswith(f"{self._url}/"):
            self._trouble.append(f"request: {request.url}")
