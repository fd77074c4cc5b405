"""An event is read as it was written, and a chain shows where it was touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import SENDER
from tests.opt_outs import SERVICE, opted_in, opted_out
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.stores.opt_out_chain import COLUMNS, GENESIS, Audit, follow, from_record, is_whole, to_record

SCOPES = st.sampled_from([BRAND, Scope.of_sender(SENDER), Scope.of_service(SERVICE), Scope.of_sender("a:b")])
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
EVENTS = st.builds(
    lambda make, second, **changes: make(second, **changes),
    st.sampled_from([opted_out, opted_in]),
    st.floats(0, 1e6),
    scope=SCOPES,
    conversation=st.none() | SCOPES,
    evidence=TEXTS,
    actor=TEXTS,
    note=TEXTS,
)


def chain(*events):
    links, previous = [], GENESIS
    for row, event in enumerate(events, start=1):
        links.append(follow(row, previous, event))
        previous = links[-1].digest
    return links


def broken_row(links):
    audit = Audit()
    return None if all(audit.passes(link) for link in links) else audit.row


@given(event=EVENTS)
def test_an_event_is_read_as_it_was_written(event):
    assert from_record(to_record(event)) == event


def test_a_record_has_a_text_for_each_column():
    assert len(to_record(opted_out())) == len(COLUMNS)


def test_a_whole_chain_passes():
    assert broken_row(chain(*(opted_out(second) for second in range(5)))) is None


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_a_changed_cell_breaks_its_row(column):
    links = chain(*(opted_out(second, evidence=f"SM{second}") for second in range(5)))
    record = list(links[2].record)
    record[column] = f"{record[column]}x"
    links[2] = links[2]._replace(record=tuple(record))

    assert not is_whole(links[2])
    assert broken_row(links) == 3


@pytest.mark.parametrize(
    ("name", "touch", "row"),
    [
        pytest.param("removed", lambda links: links.pop(1), 2, id="a removed row"),
        pytest.param("swapped", lambda links: links.insert(1, links.pop(3)), 2, id="a moved row"),
        pytest.param("first", lambda links: links.pop(0), 1, id="a removed first row"),
        pytest.param("numbered", lambda links: links.append(links.pop()._replace(row=9)), 5, id="another row number"),
        pytest.param("again", lambda links: links.append(links[-1]), 6, id="a row twice"),
    ],
)
def test_a_row_out_of_place_breaks_the_chain(name, touch, row):
    links = chain(*(opted_out(second) for second in range(5)))

    touch(links)

    assert broken_row(links) == row


def test_a_row_made_anew_breaks_the_one_after_it():
    links = chain(*(opted_out(second) for second in range(5)))
    links[2] = follow(3, links[1].digest, opted_in(2))

    assert broken_row(links) == 4


@pytest.mark.parametrize("damage", [b"bytes", 7, 1.5])
def test_damage_of_any_type_is_no_whole_row(damage):
    (link,) = chain(opted_out())

    assert not is_whole(link._replace(record=(damage, *link.record[1:])))
    assert not is_whole(link._replace(previous=damage))
    assert not is_whole(link._replace(digest=damage))


def test_a_digest_is_what_sha_256_makes_of_the_row_before_and_the_texts():
    (link,) = chain(opted_out(evidence="SM1"))

    # printf '%s' '["000…0","+15551234567","brand",null,"opted-out","api","SM1",…]' | sha256sum
    assert link.digest == "47fddceada82ba5f8da13bca641a06ba829141c87407d3f618911f8afb5a3c8f"


@pytest.mark.parametrize("record", [(None,) * 10, ("",) * 10, ("+15551234567", "brand", None, "maybe", *("x",) * 6)])
def test_what_is_no_record_is_refused(record):
    with pytest.raises(ValueError, match=r"must be|not a valid"):
        from_record(record)
