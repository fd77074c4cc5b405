"""What each variable says, for the page of the configuration."""

from collections.abc import Mapping

OF_THE_CLIENT: Mapping[str, tuple[str]] = {
    "TWILIO_ACCOUNT_SID": ("Whose messages are sent: `AC` and 32 hexadecimal digits.",),
    "TWILIO_AUTH_TOKEN": (
        "The account's auth token. It signs webhooks, too. While it is rotated `new,old`: requests take the first, "
        "webhooks may be signed with either.",
    ),
    "TWILIO_API_KEY": ("The SID of an API key, in the place of the auth token; it needs `TWILIO_API_SECRET`.",),
    "TWILIO_API_SECRET": ("The secret of that key.",),
    "TWILIO_BASE_URL": ("Where the API is, if not at Twilio: such as `http://127.0.0.1:7670`, a fake.",),
    "TWILIO_EDGE": ("Through which of Twilio's edges requests go, such as `dublin`; not beside `TWILIO_BASE_URL`.",),
    "TWILIO_REGION": ("In which of Twilio's regions they are worked on, such as `ie1`; it needs an edge.",),
}

OF_AN_APP: Mapping[str, tuple[str]] = {
    "TWILIO_AUTH_TOKEN": ("Needed: webhooks are checked with it. A list, or with commas, while a token is rotated.",),
    "TWILIO_PUBLIC_URL": ("Where Twilio finds the app, behind a proxy: such as `https://sms.example.com`.",),
    "TWILIO_TRUSTED_PROXIES": ("Networks whose `X-Forwarded-*` and `Forwarded` count, such as `10.0.0.0/8`.",),
    "TWILIO_WEBHOOK_STORE": ("The SQLite file of the webhooks that were worked on; without it a restart forgets.",),
    "TWILIO_OPT_OUTS": ("The SQLite file of who opted out; without it a restart forgets.",),
}

ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "FAKE_TWILIO_ADMIN_TOKEN": (
        "`fake-twilio receive`, loads",
        "The admin token that a fake printed because others can reach it.",
    ),
    "FAKE_TWILIO_REPLAY": (
        "the fixture `fake_twilio`",
        "The scenario that every test plays, whatever it says: `fake-twilio shrink` sets it.",
    ),
    "FAKE_TWILIO_REPLAY_SEED": ("the fixture `fake_twilio`", "The seed that goes with it."),
}
