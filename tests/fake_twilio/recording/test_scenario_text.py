"""Tests of the file that a recording becomes: it loads, and what was seen happens again."""

from fake_twilio.domain.fate.delays import Empirical
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Outcome, lives, refuses
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.recording.notebook import Moment, Notes, Seen
from fake_twilio.recording.scenario_text import scenario_text
from fake_twilio.recording.traffic import Refused
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.recording.answers import moments

ANN, BOB, GONE, SENDER = "+14155550101", "+14155550102", "+14155550103", "+14155550100"
GOOD = moments((Status.QUEUED, 0.0), (Status.SENT, 1.0), (Status.DELIVERED, 3.0))
SLOW = moments((Status.QUEUED, 0.0), (Status.SENT, 3.0), (Status.DELIVERED, 7.0))
BAD = (*moments((Status.QUEUED, 0.0), (Status.SENT, 1.0)), Moment(Status.UNDELIVERED, 2.0, 30007))


def seen(recipient: str, course: tuple[Moment, ...]) -> Seen:
    return Seen(recipient=recipient, sender=SENDER, began=0.0, moments=course)


def refused(code: int, recipient: str = GONE, sender: str = SENDER) -> Refused:
    return Refused(recipient=recipient, sender=sender, code=code)


def outcomes(scenario: Scenario) -> list[Outcome]:
    return [rule.then for rule in scenario.rules]


def test_what_most_messages_went_through_is_the_default_with_all_of_their_delays() -> None:
    text = scenario_text(Notes((seen(ANN, GOOD), seen(ANN, SLOW), seen(BOB, BAD))))

    scenario = parse_scenario(text)
    assert scenario.otherwise == lives(
        Step(Status.SENT, 0.0, delay=Empirical((1.0, 3.0))), Step(Status.DELIVERED, 0.0, delay=Empirical((2.0, 4.0)))
    )
    assert outcomes(scenario) == [lives(Step(Status.SENT, 1.0), Step(Status.UNDELIVERED, 1.0, 30007))]


def test_who_was_refused_is_refused_again_and_nobody_else() -> None:
    scenario = parse_scenario(scenario_text(Notes((seen(ANN, GOOD),), (refused(21610),))))

    (rule,) = scenario.rules
    assert rule.then == refuses(21610)
    assert list(scenario.rules_for(Envelope("+15552000001", "x", "y"))) == [rule]
    assert not list(scenario.rules_for(Envelope("+15552000002", "x", "y")))


def test_a_refusal_that_is_about_the_sender_is_a_rule_for_the_sender() -> None:
    scenario = parse_scenario(scenario_text(Notes((seen(ANN, GOOD),), (refused(21606, ANN, "+14155550199"),))))

    (rule,) = scenario.rules
    assert (list(rule.when.to), len(rule.when.sender), rule.then) == ([], 1, refuses(21606))


def test_many_with_the_same_fate_are_one_rule_so_that_the_file_can_be_played() -> None:
    lost = [
        seen(f"+1415{n:07}", (*moments((Status.SENT, n / 1000)), Moment(Status.UNDELIVERED, 9.0, 30003)))
        for n in range(3000)
    ]
    fine = [seen(f"+1416{n:07}", GOOD) for n in range(3001)]

    scenario = parse_scenario(scenario_text(Notes((*lost, *fine))))

    (rule,) = scenario.rules
    assert len(rule.when.to) == 3000


def test_what_no_rule_can_say_is_a_comment() -> None:
    text = scenario_text(Notes((), (refused(20429), refused(20429), refused(29999)), (0.1, 0.2, 0.9)))

    assert "# Answers: 3, median 200 ms, 95 % within 900 ms.\n" in text
    assert "# Refused with 20429, which no rule can say: 2 times.\n" in text
    assert parse_scenario(text).rules == ()


def test_nothing_seen_is_a_scenario_too() -> None:
    assert parse_scenario(scenario_text(Notes())).about == "Recorded from an API that took 0 messages and refused 0."


def test_no_number_is_in_it() -> None:
    text = scenario_text(Notes((seen(ANN, BAD), seen(BOB, GOOD)), (refused(21610),)))

    assert not [number for number in (ANN, BOB, GONE, SENDER) if number[1:] in text]
