"""An order shop in Django, in one file: settings, handlers, views, addresses.

    TWILIO_ACCOUNT_SID=… TWILIO_AUTH_TOKEN=… TWILIO_PUBLIC_URL=https://shop.example python django_app.py runserver

At Twilio, "A message comes in" is then ``https://shop.example/twilio/inbound``.
"""

import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import execute_from_command_line
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from orders import OrderBook

from twilio_sms import InboundMessage, LocalOptOutError, TwilioError
from twilio_sms.frameworks.django import parts_from_settings, twilio_urls

SENDER = "+14155550101"
public_url = os.environ["TWILIO_PUBLIC_URL"]
settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY", "not secret"),
    ALLOWED_HOSTS=[urlsplit(public_url).hostname, "127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
    TWILIO_SMS={
        "ACCOUNT_SID": os.environ["TWILIO_ACCOUNT_SID"],
        "AUTH_TOKEN": os.environ["TWILIO_AUTH_TOKEN"],
        "BASE_URL": os.environ.get("TWILIO_BASE_URL"),
        "PUBLIC_URL": public_url,
        "WEBHOOK_STORE": os.environ.get("TWILIO_WEBHOOK_STORE", "webhooks.db"),
        "OPT_OUTS": os.environ.get("TWILIO_OPT_OUTS", "optouts.db"),
    },
)
django.setup()
client, handler = parts_from_settings()
orders = OrderBook(os.environ.get("ORDERS", "orders.db"))


@handler.on("order *")
def order(message: InboundMessage) -> str:
    return orders.answer(message.body, message.sid)


def ship(request: HttpRequest, number: str) -> JsonResponse:
    assert client is not None  # since the settings name an account
    try:
        message = client.messages.send(
            to=request.POST["to"],
            from_=SENDER,
            body=f"Order {number} is on its way.",
            status_callback=f"{public_url}/twilio/status",
        )
    except LocalOptOutError:
        return JsonResponse({"error": "the customer wants no texts: write a letter"}, status=409)
    except TwilioError as error:
        return JsonResponse({"error": str(error)}, status=502)
    return JsonResponse({"sid": message.sid}, status=202)


def message_status(_request: HttpRequest, sid: str) -> JsonResponse:
    return JsonResponse({"status": handler.tracker.status_of(sid)})


urlpatterns = [
    path("twilio/", include(twilio_urls(handler))),
    path("orders/<str:number>/ship", csrf_exempt(ship)),
    path("messages/<str:sid>", message_status),
]
application = WSGIHandler()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
