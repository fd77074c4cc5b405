"""A refusal says nothing but its status."""

from twilio_sms.webhooks.response import PLAIN, XML, WebhookResponse


def test_without_more_there_is_no_body():
    assert WebhookResponse(403) == (403, "", PLAIN)


def test_twiml_has_a_type_that_twilio_reads_as_such():
    from fake_twilio.domain.inbound.content_type import read_content_type
    from fake_twilio.domain.inbound.twiml import XML_TYPES

    assert read_content_type(XML)[0] in XML_TYPES


def test_what_is_said_to_a_recipient_is_not_printed():
    shown = repr(WebhookResponse(200, "<Response><Message>secret</Message></Response>", XML))

    assert shown == f"<WebhookResponse 200: 46 characters of {XML}>"
