"""What became of a message in doubt: accepted, not found yet, or doubtful; never more than the list proves."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.doubles import ACCOUNT_SID, RECIPIENT, SENDER, HandClock, ScriptedTransport, answer, message_json
from tests.parts import assembled, gateway
from twilio_sms.domain.draft import Draft
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    Evidence,
    TwilioError,
    ValidationError,
)
from twilio_sms.listing import MAX_PAGE_SIZE, Listing
from twilio_sms.reconcile import CLOCK_SKEW, MAX_MESSAGES, Finding, Reconciler
from twilio_sms.transport.wire import LostAnswer, Response
from twilio_sms.verdict import Phase

BEGAN = datetime(2026, 1, 1, 12, tzinfo=UTC)
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
HELLO = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}
DRAFT = Draft.parse(**HELLO, options={})
ERROR = AmbiguousSendError("lost", Evidence(started_at=BEGAN))
SERVICE = "MG" + "0f" * 16


def sid(number: int) -> str:
    return f"SM{number:032x}"


def listed(number: int, seconds: float = 0, **changes: object) -> dict[str, object]:
    """Return a message that Twilio made *seconds* after the sending began."""
    return message_json(**{"sid": sid(number), "date_created": date(seconds), **changes})


def date(seconds: float) -> str:
    return format_datetime(BEGAN + timedelta(seconds=seconds))


def reconciled(*entries: dict[str, object], draft: Draft = DRAFT, error: TwilioError = ERROR, known_sids=()):
    transport = ScriptedTransport([answer(200, {"messages": list(entries), "next_page_uri": None})])
    return Reconciler(Listing(gateway(transport), PATH)).reconcile(draft, error, known_sids)


def test_the_only_message_that_fits_is_it():
    found = reconciled(listed(2, body="another"), listed(1, 3))

    assert (found.finding, found.message.sid) == (Finding.ACCEPTED, sid(1))
    assert [message.sid for message in found.candidates] == [sid(1)]


def test_that_it_is_not_there_proves_nothing():
    found = reconciled()

    assert (found.finding, found.message, found.candidates) == (Finding.NOT_FOUND_YET, None, ())


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "hello!"},
        {"from": "+15005550001"},
        {"to": "+15557654321"},
        {"direction": "inbound"},
        {"num_media": "1"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_message_is_not_it(changes):
    assert reconciled(listed(1, **changes)).finding is Finding.NOT_FOUND_YET


def test_several_that_fit_are_for_a_person_the_oldest_first():
    found = reconciled(listed(2, 9), listed(1, 3))

    assert (found.finding, found.message) == (Finding.DOUBTFUL, None)
    assert [message.sid for message in found.candidates] == [sid(1), sid(2)]


def test_a_twin_that_is_accounted_for_is_not_it():
    found = reconciled(listed(2, 9), listed(1, 3), known_sids={sid(1)})

    assert (found.finding, found.message.sid) == (Finding.ACCEPTED, sid(2))


def test_without_any_twin_left_it_is_not_found_yet():
    assert reconciled(listed(1), known_sids=[sid(1)]).finding is Finding.NOT_FOUND_YET


@pytest.mark.parametrize(
    ("seconds", "finding"),
    [
        (-CLOCK_SKEW.total_seconds() - 1, Finding.NOT_FOUND_YET),
        (-CLOCK_SKEW.total_seconds(), Finding.ACCEPTED),
        (3600, Finding.ACCEPTED),
    ],
    ids=["before the skew", "at the skew", "an hour later"],
)
def test_a_message_from_before_the_sending_is_not_it_but_clocks_may_differ(seconds, finding):
    assert reconciled(listed(1, seconds)).finding is finding


def test_a_message_without_a_date_proves_too_little():
    found = reconciled(listed(1, date_created=None))

    assert (found.finding, len(found.candidates)) == (Finding.DOUBTFUL, 1)


@pytest.mark.parametrize(
    "options",
    [
        {"shorten_urls": True},
        {"smart_encoded": True},
        {"content_retention": "discard"},
        {"content_sid": "HX" + "0" * 32},
    ],
    ids=lambda options: next(iter(options)),
)
@pytest.mark.parametrize("entries", [[], [listed(1)]], ids=["empty list", "one that fits"])
def test_a_draft_that_cannot_be_recognised_stays_doubtful(options, entries):
    draft = Draft.parse(to=RECIPIENT, messaging_service_sid=SERVICE, body="hello", options=options)

    assert reconciled(*entries, draft=draft).finding is Finding.DOUBTFUL


def test_a_message_of_a_service_is_found_before_its_sender_is_chosen():
    draft = Draft.parse(to=RECIPIENT, messaging_service_sid=SERVICE, body="hello", options={})

    found = reconciled(listed(1, **{"from": None, "messaging_service_sid": SERVICE}), draft=draft)

    assert found.finding is Finding.ACCEPTED


def test_the_list_is_asked_for_everything_that_went_to_the_recipient():
    transport = ScriptedTransport([answer(200, {"messages": []})])

    Reconciler(Listing(gateway(transport), PATH)).reconcile(DRAFT, ERROR, ())

    assert transport.requests[0].form == (("To", RECIPIENT), ("PageSize", str(MAX_PAGE_SIZE)))


def test_nobody_reads_on_after_a_whole_page_that_is_too_old():
    old = [listed(number, -3600) for number in range(MAX_PAGE_SIZE)]
    more = {"messages": old, "next_page_uri": f"{PATH}?Page=1"}
    transport = ScriptedTransport([answer(200, more)])

    found = Reconciler(Listing(gateway(transport), PATH)).reconcile(DRAFT, ERROR, ())

    assert (found.finding, len(transport.requests)) == (Finding.NOT_FOUND_YET, 1)
    assert MAX_MESSAGES > MAX_PAGE_SIZE


@pytest.mark.parametrize(
    "ages",
    [[-240] * MAX_PAGE_SIZE, [*[-3600] * 600, 0, *[-3600] * 399]],
    ids=["a page from within the skew", "a page with one that is new"],
)
def test_a_page_that_is_not_all_too_old_is_no_reason_to_stop(ages):
    first = [listed(number, age, body="another") for number, age in enumerate(ages)]
    more = {"messages": first, "next_page_uri": f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json?Page=1"}
    transport = ScriptedTransport([answer(200, more), answer(200, {"messages": [listed(5000, 3)]})])

    found = Reconciler(Listing(gateway(transport), PATH)).reconcile(DRAFT, ERROR, ())

    assert found.finding is Finding.ACCEPTED


@pytest.mark.parametrize("kind", [AmbiguousSendError, AcceptedWithoutSidError])
def test_either_error_in_doubt_may_be_given(kind):
    assert reconciled(listed(1), error=kind("lost", Evidence(started_at=BEGAN))).finding is Finding.ACCEPTED


@pytest.mark.parametrize(
    "error",
    [TwilioError("lost", Evidence(started_at=BEGAN)), AmbiguousSendError("of another sender"), None],
    ids=["another error", "no start", "none"],
)
def test_an_error_that_is_not_of_a_send_is_refused(error):
    with pytest.raises(ValidationError, match="error must be the AmbiguousSendError or AcceptedWithoutSidError"):
        reconciled(error=error)


def test_what_is_no_draft_is_refused():
    with pytest.raises(ValidationError, match=r"draft must be one of prepare\(\), is dict"):
        reconciled(draft={"to": RECIPIENT, "body": "hello"})


def test_a_lost_message_is_found_by_what_its_sending_left():
    clock = HandClock(BEGAN)
    page = {"messages": [listed(1, 1)]}
    transport = ScriptedTransport([LostAnswer(Phase.SENT, "reset"), answer(200, {"messages": []}), answer(200, page)])
    messages = assembled(transport, clock=clock).messages
    draft = messages.prepare(**HELLO)
    with pytest.raises(AmbiguousSendError) as caught:
        messages.send(draft)

    too_early, later = (messages.reconcile(draft, caught.value).finding for _ in range(2))

    assert (too_early, later) == (Finding.NOT_FOUND_YET, Finding.ACCEPTED)


def test_a_message_that_is_listed_twice_is_one():
    found = reconciled(listed(1, 3), listed(1, 3))

    assert (found.finding, len(found.candidates)) == (Finding.ACCEPTED, 1)


def test_that_nothing_is_found_in_a_part_of_an_endless_list_is_no_answer():
    def page(number: int) -> Response:
        entries = [listed(number * MAX_PAGE_SIZE + n, body="another") for n in range(MAX_PAGE_SIZE)]
        uri = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json?Page={number}"
        return answer(200, {"messages": entries, "next_page_uri": uri})

    transport = ScriptedTransport(map(page, range(MAX_MESSAGES // MAX_PAGE_SIZE)))

    with pytest.raises(AnswerError, match="the list says nothing of this one"):
        Reconciler(Listing(gateway(transport), PATH)).reconcile(DRAFT, ERROR, ())
