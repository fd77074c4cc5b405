"""The shapes of the answers agree with what shows them."""

from pydantic import TypeAdapter

from fake_twilio.admin import answers
from fake_twilio.admin.show import show_message, show_webhook
from tests.fake_twilio.doubles import make_message, make_webhook


def test_what_is_shown_has_exactly_the_keys_of_its_shape() -> None:
    pairs = [(answers.Message, show_message(make_message())), (answers.Webhook, show_webhook(make_webhook()))]

    for shape, shown in pairs:
        assert TypeAdapter(shape).validate_python(shown) == shown
        assert set(shown) == set(shape.__annotations__)
