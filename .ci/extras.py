"""What each extra is for: a program that works with that extra alone."""

ALONE = {
    "": """
import twilio_sms
from twilio_sms import Client, MockClient, SqliteOptOuts, WsgiWebhooks, count_segments
with MockClient() as client:
    client.expect_send(to="+15551234567")
    client.messages.send(to="+15551234567", from_="+15005550006", body="hello")
    client.verify()
""",
    "cli": "from twilio_sms.commands.root import root",
    "django": """
from django.conf import settings
settings.configure()
from twilio_sms.frameworks.django import twilio_urls
""",
    "fake": """
import fake_twilio
for name in fake_twilio.__all__:
    getattr(fake_twilio, name)
""",
    "flask": """
from flask import Flask
from twilio_sms import TwilioSMS
app = Flask("shop")
app.config.update(TWILIO_ACCOUNT_SID="AC" + "0" * 32, TWILIO_AUTH_TOKEN="0" * 32)
app.config.update(TWILIO_WEBHOOK_STORE="webhooks.db", TWILIO_OPT_OUTS="optouts.db")
TwilioSMS(app)
assert app.test_client().post("/twilio/inbound", data={"Body": "hi"}).status_code == 403
""",
    "hypothesis": """
from fake_twilio.strategies import messages, scenarios
from hypothesis import find
find(messages(), bool), find(scenarios(), bool)
""",
    "load": "from fake_twilio.load import TwilioUser",
    "otel": "from twilio_sms import OpenTelemetryTracer; OpenTelemetryTracer()",
    "phone": """
from twilio_sms import Config, MockClient
with MockClient(config=Config(default_region="US")) as client:
    client.expect_send(to="+12125550123")
    client.messages.send(to="(212) 555-0123", from_="+15005550006", body="hello")
    client.verify()
""",
    "prometheus": "from twilio_sms import PrometheusMetrics; PrometheusMetrics()",
    "pytest": "import fake_twilio.fixture, pytest",
    "redis": "from twilio_sms import RedisShared; RedisShared('redis://127.0.0.1:1').close()",
}
