"""The list of messages, as a person uses it."""

from typing import Any

from tests.e2e.browser.watched import Watched


class MessagesList:
    """The first page of the inspector."""

    def __init__(self, watched: Watched, path: str = "/") -> None:
        self.page = watched.open(path)

    def row(self, sid: str) -> Any:
        return self.page.locator(f'#messages tr[data-sid="{sid}"]')

    def status(self, sid: str) -> Any:
        return self.row(sid).locator(".badge")

    def texts(self) -> list[str]:
        """Return the texts that are shown, from the top."""
        return list(self.page.locator('#messages td[data-name="text"] a').all_text_contents())

    def search(self, text: str = "", status: str = "") -> None:
        self.page.get_by_label("Search").fill(text)
        if status:
            self.page.get_by_role("combobox", name="Status").select_option(status)
        self.page.get_by_role("button", name="Find").click()
        self.page.wait_for_load_state()
