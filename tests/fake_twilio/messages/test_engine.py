"""Tests of Twilio's behaviour: what becomes of a message."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_twilio.domain.accounts.account import Standing
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives, refuses
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.messages.birth import Occasion
from fake_twilio.domain.messages.message import Change, Event
from fake_twilio.domain.messages.query import Cursor, Query
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    CALLBACK,
    MESSAGE_SID,
    RECIPIENT,
    SENDER,
    SERVICE_SID,
    START,
    Town,
    create_form,
    make_scenario,
    service_form,
)

OTHER = "+15550000001"
IN_AN_HOUR = {"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z"}


def refused(code: int, action: object, *arguments: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        action(*arguments)  # type: ignore[operator] # any method of an engine
    assert caught.value.code == code
    return caught.value


def test_a_message_is_queued_with_what_was_asked() -> None:
    form = create_form(StatusCallback=CALLBACK, MediaUrl="https://example.com/cat.png", ValidityPeriod="60")

    message = Town().engine.accept(form)

    assert (message.to, message.sender, message.body, message.account_sid) == (RECIPIENT, SENDER, "hello", ACCOUNT_SID)
    assert (message.status, message.direction, message.segments) == (Status.QUEUED, "outbound-api", 1)
    assert (message.created_at, message.updated_at, message.sent_at) == (START, START, None)
    assert (message.timeline, message.rule, message.validity_seconds) == ((Change(START, Status.QUEUED),), None, 60)


def test_a_message_lives_through_its_steps() -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid

    events = town.hand.settle(60)

    moments = [(Status.SENDING, 1.0), (Status.SENT, 3.0), (Status.DELIVERED, 6.0)]
    assert events == [Event(START + after, sid, status) for status, after in moments]
    assert town.engine.found(sid).timeline[1:] == tuple(Change(START + after, status) for status, after in moments)
    assert town.engine.found(sid).sent_at == START + 3


def test_a_text_gets_an_sm_and_a_message_with_media_an_mm() -> None:
    engine = Town().engine

    assert engine.accept(create_form()).sid[:2] == "SM"
    assert engine.accept(create_form(MediaUrl="https://example.com/cat.png")).sid[:2] == "MM"


@pytest.mark.parametrize(("body", "segments"), [("x" * 160, 1), ("x" * 161, 2), ("é" * 160, 1), ("😀" * 36, 2)])
def test_the_segments_of_a_body_are_counted(body: str, segments: int) -> None:
    assert Town().engine.accept(create_form(Body=body)).segments == segments


def test_unknown_parameters_leave_a_note() -> None:
    assert Town().engine.accept(create_form(Boddy="x")).notes == ("unknown parameter Boddy was ignored",)


def test_the_same_seed_gives_the_same_run() -> None:
    one, same, another = (Town(seed=seed) for seed in (7, 7, 8))
    for town in (one, same, another):
        town.engine.accept(create_form(StatusCallback=CALLBACK))
        town.hand.settle(60)

    assert (one.engine.messages(), one.webhooks) == (same.engine.messages(), same.webhooks)
    assert one.engine.messages()[0].sid != another.engine.messages()[0].sid


def test_the_first_rule_that_matches_decides() -> None:
    steps = lives(Step(Status.FAILED, 1.0, 30008))
    town = Town(make_scenario(Rule("no", When(to=(Glob("+4*"),)), refuses(21610)), Rule("yes", When(), steps)))

    message = town.engine.accept(create_form())
    town.hand.settle(60)

    assert message.rule == "yes"
    assert (town.engine.found(message.sid).status, town.engine.found(message.sid).error_code) == ("failed", 30008)


def test_a_rule_looks_at_sender_and_body_too() -> None:
    when = When(to=(Glob(RECIPIENT),), sender=(Glob(SENDER),), body=(Glob("*STOP*"),))
    engine = Town(make_scenario(Rule("stop", when, refuses(21610)))).engine

    assert engine.accept(create_form()).rule is None
    refused(21610, engine.accept, create_form(Body="please STOP"))


def test_a_refused_message_is_not_made() -> None:
    town = Town(make_scenario(Rule("no", When(), refuses(21612))))

    answer = refused(21612, town.engine.accept, create_form())

    assert "'To' (+1555123XXXX) and/or 'From' (+1500555XXXX)" in answer.message
    assert (town.engine.messages(), town.scheduler.next_due()) == ((), None)


def test_a_mismatch_names_the_account() -> None:
    town = Town(make_scenario(Rule("no", When(), refuses(21660))))

    answer = refused(21660, town.engine.accept, create_form())

    assert answer.message == f"Mismatch between the 'From' number +1500555XXXX and the account {ACCOUNT_SID}"


def test_another_scenario_decides_only_over_new_messages() -> None:
    town = Town()
    old = town.engine.accept(create_form()).sid

    town.scenario = make_scenario(steps=(Step(Status.FAILED, 1.0, 30008),))
    new = town.engine.accept(create_form()).sid
    town.hand.settle(60)

    assert (town.engine.found(old).status, town.engine.found(new).status) == (Status.DELIVERED, Status.FAILED)


def test_each_status_but_the_first_and_the_handing_over_is_told() -> None:
    town = Town()
    town.engine.accept(create_form(StatusCallback=CALLBACK))

    town.hand.settle(60)

    assert town.told() == ["sent", "delivered"]
    assert [webhook.url for webhook in town.webhooks] == [CALLBACK, CALLBACK]


def test_nothing_is_told_without_a_callback() -> None:
    town = Town()
    town.engine.accept(create_form())

    town.hand.settle(60)

    assert town.told() == []


def test_each_webhook_has_a_token_of_its_own() -> None:
    town = Town()
    for _ in range(3):
        town.engine.accept(create_form(StatusCallback=CALLBACK))

    town.hand.settle(60)

    assert len({webhook.token for webhook in town.webhooks}) == 6


def test_a_service_takes_a_message_then_queues_it_with_a_sender() -> None:
    town = Town(make_scenario(numbers=("+15005550010", SENDER)))

    message = town.engine.accept(service_form(StatusCallback=CALLBACK))
    town.hand.settle(60)

    assert (message.status, message.sender, message.service_sid) == (Status.ACCEPTED, None, SERVICE_SID)
    assert [change.status for change in town.engine.found(message.sid).timeline[:3]] == [
        "accepted",
        "queued",
        "sending",
    ]
    assert town.engine.found(message.sid).sender == "+15005550010"
    assert town.told() == ["queued", "sent", "delivered"]


def opened(town: Town, *numbers: str, **settings: str) -> str:
    """Return the SID of a new service with these numbers in its pool."""
    senders = town.engine.senders
    sid = senders.services.open((("FriendlyName", "shop"), *settings.items())).sid
    for number in numbers:
        senders.join(sid, senders.numbers.buy(ACCOUNT_SID, (("PhoneNumber", number),)).sid)
    return sid


def test_what_a_service_says_of_its_messages_goes_unless_they_say_it_themselves() -> None:
    town = Town()
    sid = opened(town, SENDER, StatusCallback=CALLBACK, ValidityPeriod="90", SmartEncoding="true")

    plain = town.engine.accept(service_form(MessagingServiceSid=sid, Body="\u201chi\u201d"))
    own = town.engine.accept(
        service_form(
            MessagingServiceSid=sid,
            Body="\u201chi\u201d",
            SmartEncoded="false",
            StatusCallback="http://127.0.0.1:9/own",
            ValidityPeriod="60",
        )
    )

    assert (plain.status_callback, plain.validity_seconds, plain.body) == (CALLBACK, 90, '"hi"')
    assert (own.status_callback, own.validity_seconds, own.body) == ("http://127.0.0.1:9/own", 60, "\u201chi\u201d")


@pytest.mark.parametrize(("pool", "to", "code"), [((), RECIPIENT, 21704), (("+18005550100",), "+447700900001", 21703)])
def test_a_service_without_a_sender_takes_the_message_and_then_fails(pool: tuple[str, ...], to: str, code: int) -> None:
    town = Town()

    sid = town.engine.accept(service_form(MessagingServiceSid=opened(town, *pool), To=to, StatusCallback=CALLBACK)).sid
    town.hand.settle(60)

    message = town.engine.found(sid)
    assert [change.status for change in message.timeline] == ["accepted", "failed"]
    assert (message.error_code, message.sender, message.is_in_flight) == (code, None, False)
    assert town.webhooks[-1].params["ErrorCode"] == str(code)


def test_a_scheduled_message_leaves_from_whoever_is_in_the_pool_then() -> None:
    town = Town()
    service_sid = opened(town, SENDER, "+15005550010")
    form = service_form(MessagingServiceSid=service_sid, ScheduleType="fixed", SendAt="2026-01-02T00:00:00Z")
    sid = town.engine.accept(form).sid

    town.engine.senders.services.leave(SENDER)
    town.hand.settle(2 * 86_400)

    assert town.engine.found(sid).sender == "+15005550010"


def test_a_service_that_was_closed_sends_what_it_took_no_more() -> None:
    town = Town()
    service_sid = opened(town, SENDER)
    sid = town.engine.accept(service_form(MessagingServiceSid=service_sid)).sid

    town.engine.senders.services.close(service_sid)
    town.hand.settle(60)

    assert (town.engine.found(sid).status, town.engine.found(sid).error_code) == (Status.FAILED, 21701)
    refused(21701, town.engine.accept, service_form(MessagingServiceSid=service_sid))


def test_what_was_not_sent_when_an_account_is_suspended_fails() -> None:
    town = Town()
    sent = town.engine.accept(create_form(StatusCallback=CALLBACK)).sid
    town.hand.advance(3.5)
    waiting = town.engine.accept(create_form(StatusCallback=CALLBACK)).sid

    town.account = replace(town.account, standing=Standing.SUSPENDED)
    town.hand.settle(60)

    assert (town.engine.found(waiting).status, town.engine.found(waiting).error_code) == (Status.FAILED, 30002)
    assert town.engine.found(sent).status is Status.DELIVERED


def test_a_service_in_a_world_without_numbers_sends_from_the_test_number() -> None:
    town = Town()
    sid = town.engine.accept(service_form()).sid

    town.hand.advance(0)

    assert (town.engine.found(sid).status, town.engine.found(sid).sender) == (Status.QUEUED, SENDER)


def test_a_rule_about_the_sender_holds_for_what_a_service_chooses() -> None:
    town = Town(make_scenario(Rule("no", When(sender=(Glob(SENDER),)), refuses(21610))))

    refused(21610, town.engine.accept, service_form())


def test_a_sender_of_a_service_that_is_named_queues_at_once() -> None:
    message = Town().engine.accept(create_form(MessagingServiceSid=SERVICE_SID))

    assert (message.status, message.sender) == (Status.QUEUED, SENDER)


def test_a_scheduled_message_is_queued_at_its_moment() -> None:
    town = Town()
    message = town.engine.accept(service_form(StatusCallback=CALLBACK, **IN_AN_HOUR))

    town.hand.advance(3599)
    assert (message.status, town.engine.found(message.sid).status, town.told()) == ("scheduled", "scheduled", [])
    town.hand.advance(1)

    assert (town.engine.found(message.sid).status, town.told()) == ("queued", ["queued"])
    assert town.engine.found(message.sid).updated_at == START + 3600


def test_a_canceled_message_stays_canceled() -> None:
    town = Town()
    sid = town.engine.accept(service_form(StatusCallback=CALLBACK, **IN_AN_HOUR)).sid

    canceled = town.engine.cancel(sid)
    events = town.hand.settle(86_400)

    refused(30409, town.engine.cancel, sid)
    assert (canceled.status, canceled.sender, events) == (Status.CANCELED, None, [])
    assert (town.engine.found(sid), town.told()) == (canceled, ["canceled"])


def test_only_a_scheduled_message_can_be_canceled() -> None:
    town = Town()
    queued, accepted = (town.engine.accept(form).sid for form in (create_form(), service_form()))

    assert refused(30409, town.engine.cancel, queued).status == 409
    refused(30409, town.engine.cancel, accepted)
    town.hand.settle(60)
    refused(30409, town.engine.cancel, queued)


def test_a_redacted_message_has_no_text_and_lives_on() -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid
    town.hand.advance(2)

    redacted = town.engine.redact(sid)
    town.hand.settle(60)

    assert (redacted.body, redacted.status, redacted.updated_at) == ("", Status.SENDING, START + 2)
    assert (town.engine.found(sid).body, town.engine.found(sid).timeline[-1].at) == ("", START + 6)


@pytest.mark.parametrize("seconds", [0, 1, 3], ids=["queued", "sending", "sent, its receipt awaited"])
def test_a_message_in_flight_cannot_be_deleted(seconds: float) -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid
    town.hand.advance(seconds)

    assert refused(20009, town.engine.delete, sid).status == 409
    assert town.engine.found(sid).is_in_flight


def test_a_message_that_has_ended_can_be_deleted() -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid
    town.hand.settle(60)

    town.engine.delete(sid)

    assert town.engine.get(sid) is None


def test_a_deleted_message_takes_no_further_step() -> None:
    town = Town()
    sid = town.engine.accept(service_form(**IN_AN_HOUR)).sid
    town.engine.cancel(sid)
    town.engine.delete(sid)

    assert town.hand.settle(86_400) == []
    assert town.engine.messages() == ()


def test_a_message_that_is_not_there_is_not_found() -> None:
    engine = Town().engine

    assert engine.get(MESSAGE_SID) is None
    for action in (engine.found, engine.cancel, engine.redact, engine.delete):
        with pytest.raises(LookupError):
            action(MESSAGE_SID)


def test_a_page_begins_with_the_newest_message() -> None:
    engine = Town().engine
    sids = [engine.accept(create_form(Body=str(number))).sid for number in range(5)]

    page = engine.page(Query(), 2, Cursor())

    assert [message.sid for message in page] == sids[:2:-1]


def test_a_page_goes_on_behind_its_cursor_or_before_it() -> None:
    engine = Town().engine
    sids = [engine.accept(create_form(Body=str(number))).sid for number in range(5)]

    assert [message.sid for message in engine.page(Query(), 2, Cursor(sids[3]))] == [sids[2], sids[1]]
    assert [message.sid for message in engine.page(Query(), 2, Cursor(sids[1], is_backward=True))] == [sids[3], sids[2]]


@given(st.lists(st.sampled_from([RECIPIENT, OTHER]), max_size=12), st.integers(1, 5), st.sampled_from([None, OTHER]))
@settings(deadline=None)  # the first example loads what the others find loaded
def test_paging_forth_and_back_visits_each_message_once(recipients: list[str], size: int, to: str | None) -> None:
    engine = Town().engine
    sids = [engine.accept(create_form(To=recipient)).sid for recipient in recipients]
    wanted = [sid for sid, recipient in zip(sids, recipients, strict=True) if to in (None, recipient)][::-1]

    forth: list[str] = []
    while page := engine.page(Query(to=to), size, Cursor(forth[-1] if forth else None)):
        forth += [message.sid for message in page]
    back: list[str] = forth[-1:]
    while back and (page := engine.page(Query(to=to), size, Cursor(back[0], is_backward=True))):
        back = [message.sid for message in page] + back

    assert (forth, back) == (wanted, wanted)


def test_a_page_holds_what_the_query_wants() -> None:
    town = Town()
    early = town.engine.accept(create_form(From="INFO")).sid
    town.hand.advance(86_400)
    late = town.engine.accept(create_form(To=OTHER)).sid
    town.hand.advance(86_400)

    def listed(**filters: str) -> list[str]:
        form = tuple((name.replace("_after", ">"), value) for name, value in filters.items())
        return [message.sid for message in town.engine.page(Query.from_form(form), 9, Cursor())]

    assert (listed(From="INFO"), listed(To=OTHER), listed(To=RECIPIENT, From=SENDER)) == ([early], [late], [])
    assert (listed(DateSent="2026-01-01"), listed(DateSent_after="2026-01-02")) == ([early], [late])


def test_the_place_of_a_deleted_message_still_holds() -> None:
    town = Town()
    sids = [town.engine.accept(create_form(Body=str(number))).sid for number in range(3)]
    town.hand.settle(60)

    town.engine.delete(sids[1])

    assert [message.sid for message in town.engine.page(Query(), 9, Cursor(sids[1]))] == [sids[0]]


def test_a_cursor_that_names_no_message_is_refused() -> None:
    refused(21481, Town().engine.page, Query(), 9, Cursor(MESSAGE_SID))


def test_request_ids_differ_and_have_twilios_form() -> None:
    engine = Town().engine
    message = engine.accept(create_form())

    ids = [engine.next_request_id() for _ in range(50)]

    assert len({*ids, f"RQ{message.sid[2:]}"}) == 51
    assert {(request_id[:2], len(request_id)) for request_id in ids} == {("RQ", 34)}


def test_the_engine_may_be_asked_from_within_a_delivery() -> None:
    seen: list[Status] = []
    town = Town(on_delivery=lambda webhook: seen.append(town.engine.found(webhook.message_sid).status))
    town.engine.accept(create_form(StatusCallback=CALLBACK))

    town.hand.settle(60)

    assert seen == [Status.SENT, Status.DELIVERED]


def test_many_threads_make_messages_with_different_sids() -> None:
    town = Town()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: town.engine.accept(create_form(Body=str(number))), range(300)))

    town.hand.settle(60)

    assert len({message.sid for message in made}) == 300
    assert {message.status for message in town.engine.messages()} == {Status.DELIVERED}


def test_webhooks_are_signed_with_the_accounts_token() -> None:
    town, other = Town(), Town()
    other.account = replace(other.account, auth_token=AUTH_TOKEN[::-1])
    for each in (town, other):
        each.engine.accept(create_form(StatusCallback=CALLBACK))
        each.hand.settle(60)

    assert town.webhooks[0].form == other.webhooks[0].form
    assert town.webhooks[0].signature != other.webhooks[0].signature


def test_a_rehearsed_message_is_checked_and_leaves_no_trace() -> None:
    town = Town(make_scenario(numbers=("+15550001111",)))

    one, two = (town.engine.rehearse(create_form(StatusCallback=CALLBACK)) for _ in range(2))
    town.hand.settle(60)

    assert one.sid != two.sid
    assert (one.status, one.sender) == (Status.QUEUED, "+15005550006")
    assert (town.engine.messages(), town.webhooks) == ((), [])
    refused(21606, town.engine.rehearse, create_form(From="+15550001111"))
    refused(21602, town.engine.rehearse, create_form(Body=""))


def test_a_message_is_amended_under_the_lock_with_the_moment() -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid

    amended = town.engine.amend(sid, lambda message, now: replace(message, body=f"{now:.0f}"))

    assert amended.body == f"{START:.0f}"
    assert town.engine.found(sid) == amended
    with pytest.raises(LookupError):
        town.engine.amend(MESSAGE_SID, lambda message, _now: message)


def test_the_first_message_that_is_forgotten_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    engine = Town(make_scenario(steps=()), bound=1).engine

    for _ in range(3):
        engine.accept(create_form())

    assert (len(engine.messages()), engine.evicted) == (1, 2)
    assert [record.getMessage().partition(": ")[2][:17] for record in caplog.records] == ["the store is full"]


def test_a_token_of_a_forgotten_message_still_turns_the_page() -> None:
    town = Town(make_scenario(steps=()), bound=2)
    first, second = (town.engine.accept(create_form()).sid for _ in range(2))
    town.engine.accept(create_form())

    assert town.engine.page(Query(), 50, Cursor(first)) == []
    assert town.engine.page(Query(sender=SENDER), 50, Cursor(first, is_backward=True))[-1].sid == second


def test_who_opted_out_is_refused_at_once() -> None:
    town = Town()
    town.opt_outs.change(Word.STOP, RECIPIENT, SENDER, None)

    refused(21610, town.engine.accept, create_form())
    assert town.engine.accept(create_form(From=OTHER)).status is Status.QUEUED


def test_a_scheduled_message_to_who_opted_out_fails_when_its_time_comes() -> None:
    town = Town()
    town.opt_outs.change(Word.STOP, RECIPIENT, SENDER, SERVICE_SID)
    sid = town.engine.accept(service_form(**IN_AN_HOUR, StatusCallback=CALLBACK)).sid

    town.hand.settle(7200)

    assert (town.engine.found(sid).status, town.engine.found(sid).error_code) == (Status.FAILED, 21610)
    assert town.told() == ["failed"]


def test_a_reply_is_told_from_other_messages() -> None:
    assert Town().engine.accept(create_form(), Occasion(direction="outbound-reply")).direction == "outbound-reply"


def test_who_opted_out_of_a_number_does_not_hear_from_it_through_what_is_taken_for_a_service() -> None:
    town = Town(make_scenario(numbers=(SENDER,)))
    town.opt_outs.change(Word.STOP, RECIPIENT, SENDER, None)

    refused(21610, town.engine.accept, service_form())


def test_a_step_that_comes_late_does_not_make_the_next_one_late() -> None:
    town = Town()
    sid = town.engine.accept(create_form()).sid

    town.clock.move_to(START + 1.5)  # the first step was due half a second ago
    town.scheduler.run_due(town.clock.now())

    assert town.engine.found(sid).status is Status.SENDING
    assert town.scheduler.next_due() == START + 3.0
