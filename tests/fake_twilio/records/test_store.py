"""Tests of what the fake remembers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.records.store import Store
from tests.fake_twilio.doubles import ON_ITS_WAY, RECIPIENT, SENDER, make_message

ANNE, BERT = "+15550000001", "+15550000002"


def store_of(*recipients: str) -> Store:
    """Return a store with a message ``SM0``, ``SM1``, … for each of *recipients*."""
    store = Store()
    for number, recipient in enumerate(recipients):
        store.add(make_message(sid=f"SM{number}", to=recipient))
    return store


def older(store: Store, to: str | None = None, than: str | None = None) -> list[str]:
    return [message.sid for message in store.newest_first(to=to, older_than=than)]


def newer(store: Store, to: str | None = None, than: str | None = None) -> list[str]:
    return [message.sid for message in store.oldest_first(to=to, newer_than=than)]


def test_a_message_is_found_by_its_sid() -> None:
    store = store_of(ANNE)

    assert store.find("SM0") == make_message(sid="SM0", to=ANNE)
    assert store.find("SM1") is None
    assert (store.knows("SM0"), store.knows("SM1"), store.made()) == (True, False, 1)


def test_a_message_is_replaced_in_its_place() -> None:
    store = store_of(ANNE, BERT)

    store.replace(make_message(sid="SM0", to=ANNE, status=Status.SENT))

    assert [message.status for message in store.oldest_first()] == [Status.SENT, Status.QUEUED]
    assert store.made() == 2


def test_a_removed_message_is_gone_but_was_known() -> None:
    store = store_of(ANNE, ANNE)

    store.remove("SM0")

    assert (store.find("SM0"), older(store), older(store, ANNE)) == (None, ["SM1"], ["SM1"])
    assert (store.knows("SM0"), store.made()) == (True, 2)


def test_a_message_cannot_be_removed_twice() -> None:
    store = store_of(ANNE)
    store.remove("SM0")

    with pytest.raises(KeyError):
        store.remove("SM0")


def test_messages_are_listed_from_both_ends() -> None:
    store = store_of(ANNE, BERT, ANNE)

    assert older(store) == ["SM2", "SM1", "SM0"]
    assert newer(store) == ["SM0", "SM1", "SM2"]


def test_the_messages_of_one_recipient_are_listed() -> None:
    store = store_of(ANNE, BERT, ANNE)

    assert (older(store, ANNE), newer(store, BERT), older(store, RECIPIENT)) == (["SM2", "SM0"], ["SM1"], [])


def test_a_list_goes_on_behind_a_message_of_another_recipient() -> None:
    store = store_of(ANNE, BERT, ANNE)

    assert (older(store, ANNE, "SM1"), newer(store, ANNE, "SM1")) == (["SM0"], ["SM2"])


def pages(store: Store, size: int, to: str | None, doomed: list[str], *, is_backward: bool) -> list[str]:
    """Return what a reader sees page by page, while after each page one of *doomed* is deleted."""
    seen: list[str] = []
    while True:
        last = seen[-1] if seen else None
        page = (newer if is_backward else older)(store, to, last)[:size]
        if not page:
            return seen
        seen += page
        while doomed and store.find(doomed[0]) is None:
            doomed.pop(0)
        if doomed:
            store.remove(doomed.pop(0))


@given(
    st.lists(st.sampled_from([ANNE, BERT]), max_size=25),
    st.integers(1, 7),
    st.sampled_from([None, ANNE]),
    st.booleans(),
    st.data(),
)
def test_paging_visits_each_message_once_whatever_is_deleted_meanwhile(
    recipients: list[str], size: int, to: str | None, is_backward: bool, data: st.DataObject
) -> None:
    store = store_of(*recipients)
    sids = [f"SM{number}" for number, recipient in enumerate(recipients) if to in (None, recipient)]
    doomed = data.draw(st.lists(st.sampled_from(sids), unique=True)) if sids else []

    seen = pages(store, size, to, list(doomed), is_backward=is_backward)

    assert seen == sorted(set(seen), key=sids.index, reverse=not is_backward)
    assert set(sids) - set(doomed) <= set(seen)


@given(st.lists(st.sampled_from([ANNE, BERT]), max_size=20), st.data())
def test_both_directions_see_the_same_after_any_deletes(recipients: list[str], data: st.DataObject) -> None:
    store = store_of(*recipients)
    sids = [f"SM{number}" for number in range(len(recipients))]
    deleted = data.draw(st.sets(st.sampled_from(sids))) if sids else set()

    for sid in deleted:
        store.remove(sid)

    assert newer(store) == [sid for sid in sids if sid not in deleted]
    assert older(store) == newer(store)[::-1]
    assert sorted(older(store, ANNE) + older(store, BERT)) == sorted(newer(store))


@given(st.lists(st.sampled_from([ANNE, BERT]), min_size=1, max_size=20), st.data())
def test_a_message_parts_the_list_into_older_and_newer_ones(recipients: list[str], data: st.DataObject) -> None:
    store = store_of(*recipients)
    middle = data.draw(st.sampled_from(newer(store)))
    if data.draw(st.booleans()):
        store.remove(middle)

    around = [*older(store, than=middle)[::-1], middle, *newer(store, than=middle)]

    assert around == [f"SM{number}" for number in range(len(recipients))]


def test_a_full_store_forgets_the_oldest_finished_message() -> None:
    store = Store(bound=2)
    store.add(make_message(sid="SM0", plan=ON_ITS_WAY))

    firsts = [store.add(make_message(sid=f"SM{number}")) for number in (1, 2, 3)]

    assert (newer(store), store.evicted, store.made()) == (["SM0", "SM3"], 2, 4)
    assert firsts == [False, True, False]


def test_what_is_in_flight_is_kept_beyond_the_bound_until_it_has_finished() -> None:
    store = Store(bound=2)
    for number in range(4):
        store.add(make_message(sid=f"SM{number}", plan=ON_ITS_WAY))
    assert (len(newer(store)), store.evicted) == (4, 0)

    for sid in ("SM2", "SM0", "SM1"):
        store.replace(make_message(sid=sid))
    store.add(make_message(sid="SM4"))

    assert (newer(store), store.evicted) == (["SM3", "SM4"], 3)


def test_a_list_goes_on_behind_an_evicted_message_until_its_place_is_lost_too() -> None:
    store = Store(bound=2)
    for number in range(4):
        store.add(make_message(sid=f"SM{number}"))

    assert (newer(store, than="SM0"), older(store, than="SM1")) == (["SM2", "SM3"], [])
    store.add(make_message(sid="SM4"))
    assert [store.knows(f"SM{number}") for number in range(5)] == [False, True, True, True, True]


def test_the_messages_of_one_sender_are_listed_also_when_the_sender_came_later() -> None:
    store = Store()
    store.add(make_message(sid="SM0", sender=None))
    store.add(make_message(sid="SM1", sender=SENDER))
    store.add(make_message(sid="SM2", sender=BERT))

    store.replace(make_message(sid="SM0", sender=SENDER))

    assert [message.sid for message in store.newest_first(sender=SENDER)] == ["SM1", "SM0"]
    assert [message.sid for message in store.oldest_first(to=RECIPIENT, sender=BERT)] == ["SM2"]
    assert list(store.oldest_first(to=RECIPIENT, sender=ANNE)) == []


DEEDS = st.tuples(st.sampled_from(["add", "add finished", "finish", "remove"]), st.integers(0, 30))


@given(st.integers(1, 5), st.lists(DEEDS, max_size=60))
def test_the_store_does_what_a_plain_list_would(bound: int, deeds: list[tuple[str, int]]) -> None:
    store, model, made, evicted = Store(bound), dict[str, bool](), 0, 0  # sid: whether it has finished
    for deed, number in deeds:
        sid = list(model)[number % len(model)] if model else ""
        if deed.startswith("add"):
            while len(model) >= bound and any(model.values()):
                del model[next(old for old, has_finished in model.items() if has_finished)]
                evicted += 1
            sid, made = f"SM{made}", made + 1
            model[sid] = deed == "add finished"
            store.add(make_message(sid=sid, to=ANNE, plan=() if model[sid] else ON_ITS_WAY))
        elif deed == "finish" and model:
            model[sid] = True
            store.replace(make_message(sid=sid, to=ANNE))
        elif model:
            del model[sid]
            store.remove(sid)

    assert newer(store) == newer(store, ANNE) == older(store)[::-1] == list(model)
    assert (store.made(), store.evicted) == (made, evicted)


def test_what_is_new_changed_or_gone_is_noted() -> None:
    noted: list[str] = []
    store = Store(note=noted.append)
    message = make_message()

    store.add(message)
    store.replace(message)
    store.remove(message.sid)

    assert noted == [message.sid] * 3
