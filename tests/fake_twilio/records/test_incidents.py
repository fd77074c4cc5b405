"""Tests of the log of what went wrong on purpose."""

from threading import Thread

from fake_twilio.records.incidents import MAX_INCIDENTS, Incident, Incidents, Sort


def test_incidents_come_in_order_with_their_moments() -> None:
    moments = iter([1.0, 2.0])
    incidents = Incidents(lambda: next(moments))

    incidents.note(Sort.REFUSAL, "21211")
    incidents.note(Sort.FAULT, "reset", message_sid="SM1", rule="outage")

    assert incidents.all() == (
        Incident(1.0, Sort.REFUSAL, "21211"),
        Incident(2.0, Sort.FAULT, "reset", "SM1", "outage"),
    )


def test_no_whole_number_is_kept() -> None:
    incidents = Incidents(lambda: 1.0)

    incidents.note(Sort.REFUSAL, "21211", recipient="+15551234567")

    assert [one.recipient for one in incidents.all()] == ["+1555***4567"]
    assert "+15551234567" not in repr(incidents.all())


def test_the_oldest_give_way() -> None:
    incidents = Incidents(lambda: 0.0)

    for number in range(MAX_INCIDENTS + 5):
        incidents.note(Sort.REFUSAL, str(number))

    assert len(incidents.all()) == MAX_INCIDENTS
    assert incidents.all()[0].what == "5"


def test_they_can_be_read_while_they_are_noted() -> None:
    incidents = Incidents(lambda: 0.0)

    def note() -> None:
        for number in range(2_000):
            incidents.note(Sort.CALLBACK, str(number))

    threads = [Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    lengths = [len(incidents.all()) for _ in range(200)]
    for thread in threads:
        thread.join()

    assert lengths == sorted(lengths)
    assert len(incidents.all()) == 8_000
