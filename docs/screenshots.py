"""Take the pictures of the inspector's main views, in light and in dark, into docs/images/."""

from pathlib import Path
from shutil import which
from urllib.parse import quote, urlencode

from playwright.sync_api import Browser, sync_playwright

from fake_twilio.commands.demo import SCENARIO, SEED, live_through
from fake_twilio.commands.demo_day import day_of
from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.inspector.workbench_link import PATH
from fake_twilio.server import FakeTwilio

FOLDER = Path(__file__).with_name("images")
START = 1_767_225_600.0  # 2026-01-01T00:00:00Z: the same pictures whenever they are taken
SCHEMES = ("light", "dark")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with FakeTwilio(SCENARIO, start=START, seed=SEED) as fake, sync_playwright() as driver:
        live_through(fake, day_of(SEED))
        browser = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for scheme in SCHEMES:
            take(browser, fake.url, views(fake), scheme)
        browser.close()


def views(fake: FakeTwilio) -> dict[str, str]:
    """Return the path of each view, that of a message and of a phone where most can be seen."""
    told = max(fake.messages, key=lambda message: len(message.timeline) + bool(message.error_code))
    written = next(message for message in reversed(fake.messages) if message.direction == "inbound")
    phone = f"/phones/{quote(written.sender or '')}/{quote(written.to)}"
    return {
        "messages": "/",
        "message": f"/messages/{told.sid}",
        "phone": phone,
        "world": "/world",
        "charts": "/charts",
        "signature": refused(fake.callbacks[-1]),
    }


def refused(delivery: Delivery) -> str:
    """Return the way to the workbench with a webhook as an app behind a careless proxy saw it."""
    sent = Address.find(delivery.url)
    assert sent
    seen = sent._replace(scheme="http", host="10.0.0.7", port="5000").write()
    form = urlencode([(name, value.replace("+", " ")) for name, value in delivery.webhook.form])
    return f"{PATH}?{urlencode({'url': seen, 'parameters': form, 'signature': delivery.signature})}#verdict"


def take(browser: Browser, url: str, paths: dict[str, str], scheme: str) -> None:
    """Take every view in one of the colour schemes."""
    dark = scheme == "dark"
    page = browser.new_page(viewport={"width": 1200, "height": 760}, color_scheme="dark" if dark else "light")
    for name, path in paths.items():
        page.goto(f"{url}{path}")
        page.wait_for_load_state("load")
        page.screenshot(path=str(FOLDER / f"{name}_{scheme}.png"))
    page.close()


if __name__ == "__main__":
    main()
