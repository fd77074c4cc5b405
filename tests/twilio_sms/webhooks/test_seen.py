"""Every store fits both seams, by its names and their order."""

from inspect import signature

import pytest

from twilio_sms.stores.redis_webhooks import RedisWebhooks
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks
from twilio_sms.webhooks.seen import SeenWebhooks
from twilio_sms.webhooks.tracker import StatusStore

METHODS = [(seam, name) for seam in (SeenWebhooks, StatusStore) for name in vars(seam) if not name.startswith("_")]


@pytest.mark.parametrize("store", [MemoryWebhooks, SqliteWebhooks, RedisWebhooks])
@pytest.mark.parametrize(("seam", "name"), METHODS, ids=[name for _, name in METHODS])
def test_a_store_has_what_the_seam_asks_for(store, seam, name):
    assert signature(getattr(store, name)) == signature(getattr(seam, name))


def test_both_seams_ask_for_something():
    assert [name for _, name in METHODS] == ["claim", "finish", "release", "record", "find"]
