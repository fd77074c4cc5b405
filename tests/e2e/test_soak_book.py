"""The app of a soak finds what is missing and what came twice."""

from loadtests.bench.soak_book import Book, Counts


def form(place: int, status: str) -> dict[str, list[str]]:
    return {"To": [f"+{15_550_000_000 + place}"], "MessageStatus": [status]}


def book(*told: tuple[int, str]) -> Book:
    made = Book(3)
    for place, status in told:
        made.note(form(place, status))
    return made


ALL = [(place, status) for place in range(3) for status in ("sent", "delivered")]


def test_each_once_is_as_it_should_be() -> None:
    assert book(*ALL).counts(3) == Counts(came=6, missing=0, doubled=0)


def test_one_that_is_missing_and_one_that_came_twice_are_found_though_the_sum_is_right() -> None:
    assert book(*ALL[:-1], ALL[0]).counts(3) == Counts(came=6, missing=1, doubled=1)


def test_what_belongs_to_no_message_counts_as_too_many() -> None:
    assert book(*ALL, (7, "sent"), (0, "queued")).counts(3) == Counts(came=6, missing=0, doubled=2)
