"""Take the pictures of the inspector's views, in light and in dark, into docs/images/.

Every section of the inspector has one, so a new section is not forgotten; a message and a phone have one besides.
"""

from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from fake_twilio.commands.demo import SCENARIO, SEED, live_through
from fake_twilio.commands.demo_day import day_of
from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.inspector.navigation import SECTIONS
from fake_twilio.inspector.workbench_link import PATH
from fake_twilio.server import FakeTwilio

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).with_name("images")
START = 1_767_225_600.0  # 2026-01-01T00:00:00Z: the same pictures whenever they are taken
SCHEMES = ("light", "dark")
MAX_BYTES = 200 * 1024  # of one picture: a page shows all of them
PICTURES = (*(section.title.lower().replace(" ", "_") for section in SECTIONS), "message", "phone")


def main() -> None:
    from playwright.sync_api import sync_playwright  # only who takes pictures needs a browser

    FOLDER.mkdir(exist_ok=True)
    with FakeTwilio(SCENARIO, start=START, seed=SEED) as fake, sync_playwright() as driver:
        live_through(fake, day_of(SEED))
        browser = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for scheme in SCHEMES:
            take(browser, fake.url, views(fake), scheme)
        browser.close()


def views(fake: FakeTwilio) -> dict[str, str]:
    """Return the path of each view by the name of its picture, where most can be seen of it."""
    told = max(fake.messages, key=lambda message: len(message.timeline) + bool(message.error_code))
    written = next(message for message in reversed(fake.messages) if message.direction == "inbound")
    phone = f"/phones/{quote(written.sender or '')}/{quote(written.to)}"
    paths = (*(section.path for section in SECTIONS), f"/messages/{told.sid}", phone)
    return {**dict(zip(PICTURES, paths, strict=True)), "signatures": refused(fake.callbacks[-1])}


def refused(delivery: Delivery) -> str:
    """Return the way to the workbench with a webhook as an app behind a careless proxy saw it."""
    sent = Address.find(delivery.url)
    assert sent
    seen = sent._replace(scheme="http", host="10.0.0.7", port="5000").write()
    form = urlencode([(name, value.replace("+", " ")) for name, value in delivery.webhook.form])
    return f"{PATH}?{urlencode({'url': seen, 'parameters': form, 'signature': delivery.signature})}#verdict"


def files_of(picture: str) -> dict[str, Path]:
    """Return where a picture lies, by its colour scheme."""
    return {scheme: FOLDER / f"{picture}_{scheme}.png" for scheme in SCHEMES}


def take(browser: "Browser", url: str, paths: dict[str, str], scheme: str) -> None:
    """Take every view in one of the colour schemes; raise `ValueError` for a picture that is too large to be shown."""
    dark = scheme == "dark"
    page = browser.new_page(viewport={"width": 1200, "height": 760}, color_scheme="dark" if dark else "light")
    for name, path in paths.items():
        page.goto(f"{url}{path}")
        page.wait_for_load_state("load")
        taken = page.screenshot(path=str(files_of(name)[scheme]))
        if len(taken) > MAX_BYTES:
            raise ValueError(f"wanted pictures of at most {MAX_BYTES} bytes, {name} in {scheme} has {len(taken)}")
    page.close()


if __name__ == "__main__":
    main()
