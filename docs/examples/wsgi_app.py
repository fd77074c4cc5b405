"""An order shop without a framework: `WsgiWebhooks` stands in front of it.

    TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… TWILIO_PUBLIC_URL=https://shop.example python wsgi_app.py

At Twilio, "A message comes in" is then ``https://shop.example/twilio/inbound``.
"""

import json
import os
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs
from wsgiref.simple_server import make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from orders import OrderBook

from twilio_sms import Client, InboundMessage, LocalOptOutError, TwilioError, WebhookHandler, WsgiWebhooks

DEFAULTS = {"WEBHOOK_STORE": "webhooks.db", "OPT_OUTS": "optouts.db", "ORDERS": "orders.db"}
SENDER = "+14155550101"


class Shop:
    """The shop's own addresses, for its staff: ``POST /orders/17/ship`` and ``GET /messages/SM…``."""

    def __init__(self, client: Client, handler: WebhookHandler, status_callback: str) -> None:
        self._client = client
        self._handler = handler
        self._status_callback = status_callback

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        match environ["REQUEST_METHOD"], environ["PATH_INFO"].strip("/").split("/"):
            case "POST", ["orders", number, "ship"]:
                form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
                status, answer = self._ship(number, form["to"][0])
            case "GET", ["messages", sid]:
                status, answer = "200 OK", {"status": self._handler.tracker.status_of(sid)}
            case _:
                status, answer = "404 Not Found", {}
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _ship(self, number: str, to: str) -> tuple[str, dict[str, str | None]]:
        try:
            message = self._client.messages.send(
                to=to,
                from_=SENDER,
                body=f"Order {number} is on its way.",
                status_callback=self._status_callback,
            )
        except LocalOptOutError:
            return "409 Conflict", {"error": "the customer wants no texts: write a letter"}
        except TwilioError as error:
            return "502 Bad Gateway", {"error": str(error)}
        return "202 Accepted", {"sid": message.sid}


def create_app(config: Mapping[str, str]) -> WSGIApplication:
    """Return the shop; *config* has the ``TWILIO_*`` settings, and paths of files."""
    paths = {**DEFAULTS, **config}
    public_url = config["TWILIO_PUBLIC_URL"]
    client = Client.from_env(config, opt_outs=paths["OPT_OUTS"])
    handler = client.webhooks(public_url=public_url, store=paths["WEBHOOK_STORE"])
    orders = OrderBook(paths["ORDERS"])

    @handler.on("order *")
    def order(message: InboundMessage) -> str:
        return orders.answer(message.body, message.sid)

    shop = Shop(client, handler, f"{public_url}/twilio/status")
    return WsgiWebhooks(handler, inbound="/twilio/inbound", status="/twilio/status", app=shop)


if __name__ == "__main__":
    make_server("127.0.0.1", 8000, create_app(os.environ)).serve_forever()
