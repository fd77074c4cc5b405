"""The form of an inbound message: what Twilio tells of one, 20 parameters."""


def inbound_form(message_sid: str, body: str) -> dict[str, str]:
    return {
        "ToCountry": "US",
        "ToState": "MI",
        "SmsMessageSid": message_sid,
        "NumMedia": "0",
        "ToCity": "COLEMAN",
        "FromZip": "22036",
        "SmsSid": message_sid,
        "FromState": "VA",
        "SmsStatus": "received",
        "FromCity": "CENTREVILLE",
        "Body": body,
        "FromCountry": "US",
        "To": "+15005550006",
        "ToZip": "48612",
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": message_sid,
        "AccountSid": "AC" + "0a" * 16,
        "From": "+15551234567",
        "ApiVersion": "2010-04-01",
    }
