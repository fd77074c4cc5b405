"""Stories of messages that the world takes, and of what becomes of them."""

from datetime import UTC, datetime, timedelta

import requests

from tests.contract.stories.stage import DELIVERED, Stage, undelivered
from tests.doubles import SENDER
from twilio_sms import AuthenticationError, Status

TOLL_FREE = "+18005550100"
GERMAN = "+4915112345678"


def delivered(stage: Stage) -> None:
    assert stage.end() == DELIVERED
    assert stage.fake.now - stage.fake.start_moment < 2


def carrier_reject(stage: Stage) -> None:
    assert stage.end("+15550100001") == undelivered(30007)
    assert stage.end() == DELIVERED


def invalid_number(stage: Stage) -> None:
    assert stage.end("+15550302001") == undelivered(30005)
    assert [stage.refusal(to)[1] for to in ("+15550300001", "+15550301001")] == [21211, 21614]
    assert stage.end() == DELIVERED


def slow_carrier(stage: Stage) -> None:
    sent = stage.send()
    stage.fake.advance("10m")
    waiting = stage.client.messages.get(sent.sid).status
    stage.fake.advance("30s")

    assert (waiting, stage.client.messages.get(sent.sid).status) == (Status.SENT, Status.DELIVERED)


def queue_overflow(stage: Stage) -> None:
    for _ in range(6):
        stage.send(from_="+15550420000")

    assert stage.refusal(from_="+15550420000")[1] == 21611
    assert stage.end() == DELIVERED


def service_overflow(stage: Stage) -> None:
    sent = [stage.send(messaging_service_sid="MG" + "0" * 32) for _ in range(6)]
    stage.fake.settle()

    ends = [stage.client.messages.get(message.sid).error_code for message in sent]
    assert ends == [None] * 5 + [30001]


def expired_validity(stage: Stage) -> None:
    stage.send()

    assert stage.end(validity_period=15) == (Status.FAILED, 30036)


def account_suspended(stage: Stage) -> None:
    assert stage.end("+15550700001") == (Status.FAILED, 30002)
    assert stage.end() == DELIVERED
    with stage.fake.client(account_sid="AC" + "dead" * 8, auth_token="dead" * 8) as late_payer:
        stage.client = late_payer
        assert stage.refusal() == (AuthenticationError, 20403)


def handset_unreachable(stage: Stage) -> None:
    assert [stage.end("+15550710001") for _ in range(2)] == [undelivered(30003)] * 2
    assert [stage.end("+15550720001") for _ in range(2)] == [undelivered(30003), DELIVERED]
    assert stage.end("+15550720002") == undelivered(30003)


def message_blocked(stage: Stage) -> None:
    assert stage.end("+15550730001") == undelivered(30004)
    assert stage.end() == DELIVERED


def unknown_handset(stage: Stage) -> None:
    assert stage.end("+15550740001") == undelivered(30005)
    assert stage.end() == DELIVERED


def landlines(stage: Stage) -> None:
    assert stage.end("+15550750001") == undelivered(30006)
    assert stage.end() == DELIVERED


def landline_mix(stage: Stage) -> None:
    for number in range(100):
        stage.send(f"+1555123{number:04}")
    stage.fake.settle()

    codes = [message.error_code for message in stage.client.messages.list()]
    assert 4 <= codes.count(30006) <= 20
    assert 0 < codes.count(30005) <= 10
    assert codes.count(None) == 100 - codes.count(30006) - codes.count(30005)


def carrier_filters_words(stage: Stage) -> None:
    assert stage.end(body="You won a prize!") == undelivered(30007)
    assert stage.end(body="You are welcome!") == DELIVERED


def unknown_error(stage: Stage) -> None:
    assert [stage.end() for _ in range(10)] == [*[DELIVERED] * 4, undelivered(30008)] * 2


def campaign_too_fast(stage: Stage) -> None:
    assert [stage.end() for _ in range(6)] == [*[DELIVERED] * 5, undelivered(30022)]
    assert stage.end(from_="+15005550009") == DELIVERED  # another sender
    assert stage.end(GERMAN) == DELIVERED


def unregistered_10dlc(stage: Stage) -> None:
    assert stage.end() == undelivered(30034)
    assert [stage.end(GERMAN), stage.end(from_=TOLL_FREE)] == [DELIVERED, DELIVERED]


def unverified_toll_free(stage: Stage) -> None:
    assert stage.end(from_=TOLL_FREE) == undelivered(30032)
    assert [stage.end(GERMAN, from_=TOLL_FREE), stage.end(from_=SENDER)] == [DELIVERED, DELIVERED]


def one_time_codes_filtered(stage: Stage) -> None:
    assert stage.end(body="Your code is 123456.") == undelivered(30038)
    assert [stage.end(body="Room 12, at 9"), stage.end(body="Order 123456789")] == [DELIVERED, DELIVERED]


def two_tries_each(stage: Stage) -> None:
    congested = undelivered(30017)

    assert [stage.end() for _ in range(4)] == [congested, congested, DELIVERED, DELIVERED]
    assert stage.end("+15551234568") == congested


def long_texts_cut_off(stage: Stage) -> None:
    assert stage.end(body="x" * 460) == undelivered(30019)
    assert stage.end(body="x" * 459) == DELIVERED


def pictures_refused(stage: Stage) -> None:
    picture = "https://example.com/cat.png"

    assert stage.end("+15550760001", media_url=picture) == undelivered(30011)
    assert stage.refusal(media_url=picture)[1] == 21621
    assert [stage.end(media_url=picture, from_=TOLL_FREE), stage.end("+15550760001")] == [DELIVERED, DELIVERED]


def scheduled(stage: Stage) -> None:
    moment = datetime.fromtimestamp(stage.fake.now, UTC) + timedelta(hours=1)
    service = {"messaging_service_sid": "MG" + "5ced" * 8, "send_at": moment, "schedule_type": "fixed"}
    kept, dropped = stage.send(**service), stage.send(**service)
    canceled = stage.client.messages.cancel(dropped.sid)
    stage.fake.advance("59m")
    waiting = stage.client.messages.get(kept.sid)
    stage.fake.settle()

    assert (kept.status, waiting.status, canceled.status) == (Status.SCHEDULED, Status.SCHEDULED, Status.CANCELED)
    assert stage.client.messages.get(dropped.sid).status is Status.CANCELED
    ended = stage.client.messages.get(kept.sid)
    assert (ended.status, ended.from_) == (Status.DELIVERED, "+15550780000")


def lookups(stage: Stage) -> None:
    fake = stage.fake
    answer = requests.get(
        f"{fake.url}/v2/PhoneNumbers/+15550600002",
        params={"Fields": "line_type_intelligence"},
        auth=(fake.account_sid, fake.auth_token),
        timeout=10,
    )

    assert answer.json()["line_type_intelligence"]["type"] == "landline"
    assert stage.end("+15550600002") == DELIVERED
