"""An order shop in Flask: it answers texts, heeds STOP and follows what it sends.

    TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… TWILIO_PUBLIC_URL=https://shop.example python flask_app.py

At Twilio, "A message comes in" is then ``https://shop.example/twilio/inbound``.
"""

import os
from collections.abc import Mapping

from flask import Flask, request
from orders import OrderBook

from twilio_sms import InboundMessage, LocalOptOutError, StatusUpdate, TwilioError, TwilioSMS

DEFAULTS = {"TWILIO_WEBHOOK_STORE": "webhooks.db", "TWILIO_OPT_OUTS": "optouts.db", "ORDERS": "orders.db"}
SENDER = "+14155550101"
Answer = tuple[dict[str, str | bool | None], int]


def create_app(config: Mapping[str, str]) -> Flask:
    """Return the shop; *config* has the ``TWILIO_*`` settings, and the path of the orders."""
    app = Flask("shop")
    app.config.from_mapping({**DEFAULTS, **config})
    sms = TwilioSMS(app)
    orders = OrderBook(app.config["ORDERS"])
    status_callback = f"{app.config['TWILIO_PUBLIC_URL']}/twilio/status"

    @sms.on("order *")
    def order(message: InboundMessage) -> str:
        return orders.answer(message.body, message.sid)

    @sms.on_status("undelivered", "failed")
    def missed(update: StatusUpdate) -> None:
        app.logger.warning("%r: call the customer", update)

    @app.post("/orders/<number>/ship")
    def ship(number: str) -> Answer:
        try:
            message = sms.client.messages.send(
                to=request.form["to"],
                from_=SENDER,
                body=f"Order {number} is on its way.",
                status_callback=status_callback,
            )
        except LocalOptOutError:
            return {"error": "the customer wants no texts: write a letter"}, 409
        except TwilioError as error:
            return {"error": str(error), "may_be_repeated": error.repeatable}, 502
        return {"sid": message.sid}, 202

    @app.get("/messages/<sid>")
    def message(sid: str) -> Answer:
        return {"status": sms.handler.tracker.status_of(sid)}, 200

    return app


if __name__ == "__main__":
    create_app(os.environ).run(port=int(os.environ.get("PORT", "5000")))
