"""Two requests have one hash only if they are the same to Twilio."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.bulk.fingerprint import canonical_hash

FORMS = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=4).map(tuple)


def test_the_hash_is_that_of_each_text_with_its_length_before_it():
    form = (("To", "+15551234567"), ("Body", "é"))

    assert canonical_hash(form) == sha256(b"4:Body2:\xc3\xa92:To12:+15551234567").digest()


@given(one=FORMS, other=FORMS)
def test_only_equal_forms_have_equal_hashes(one, other):
    def meaning(form):
        return {name: [value for key, value in form if key == name] for name, _ in form}

    assert (canonical_hash(one) == canonical_hash(other)) == (meaning(one) == meaning(other))


def test_what_is_glued_differently_is_another_request():
    assert canonical_hash((("a", "bc"),)) != canonical_hash((("ab", "c"),))
    assert canonical_hash((("a", "b1:c"),)) != canonical_hash((("a", "b"), ("", "c")))


def test_the_order_of_different_parameters_means_nothing():
    assert canonical_hash((("To", "1"), ("Body", "2"))) == canonical_hash((("Body", "2"), ("To", "1")))


def test_the_order_of_equal_parameters_counts():
    assert canonical_hash((("MediaUrl", "1"), ("MediaUrl", "2"))) != canonical_hash(
        (("MediaUrl", "2"), ("MediaUrl", "1"))
    )
