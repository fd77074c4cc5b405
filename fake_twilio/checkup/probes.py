"""The requests of a checkup: one that Twilio would send, and some that it never would."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fake_twilio.checkup.subject import Subject
from fake_twilio.delivery.webhook import Kind, Webhook, status_form
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.inbound.inbound import Place, inbound_form
from fake_twilio.domain.messages.birth import received_message
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.numbers import country_of, is_e164
from fake_twilio.domain.values.sids import derived_seed, make_sid, make_token
from fake_twilio.domain.webhooks.signature import signed_string
from fake_twilio.domain.webhooks.signer import AuthToken

BODY = "fake-twilio doctor says hello"
NEW_PARAMETER = ("FakeTwilioDoctor", "a parameter that nobody knows yet")
_CHANGED = {Kind.INBOUND: ("Body", "not what was signed"), Kind.STATUS: ("MessageStatus", "failed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """Makes the requests, each with a message of its own but for the same *seed*, at *now* (seconds since 1970)."""

    subject: Subject
    seed: int
    now: float

    def signed(self) -> Webhook:
        """A request as Twilio sends it; the same one whenever it is asked for."""
        return self._webhook("signed")

    def tampered(self) -> Webhook:
        """A request that somebody changed on its way: the signature is that of other parameters."""
        made = self._webhook("tampered")
        name, value = _CHANGED[made.kind]
        form = tuple((key, value if key == name else old) for key, old in made.form)
        return replace(made, form=form)

    def unsigned(self) -> Webhook:
        return replace(self._webhook("unsigned"), signature="", sign=None)

    def foreign(self) -> Webhook:
        """A request that is signed by who does not know the token."""
        stranger = AuthToken(f"not {self.subject.auth_token}")
        return replace(self._webhook("foreign"), sign=stranger.sign).signed_anew()

    def extended(self) -> Webhook:
        """A request with a parameter that nobody knows, signed as Twilio would."""
        made = self._webhook("extended")
        return replace(made, form=(*made.form, NEW_PARAMETER)).signed_anew()

    def signed_for(self, url: str) -> Webhook:
        """A request that is sent to the address of the subject, but signed for *url*."""
        made = self._webhook(url)
        signature = AuthToken(self.subject.auth_token).sign(signed_string(url, made.form))
        return replace(made, signature=signature, sign=None)

    def _webhook(self, name: str) -> Webhook:
        message = self._message(make_sid("SM", derived_seed(self.seed, name), 0))
        unsigned = Webhook(
            kind=self.subject.kind,
            message_sid=message.sid,
            status=message.status,
            url=self.subject.url.partition("#")[0],
            form=_form(message),
            signature="",
            token=make_token(self.seed, message.sid, 0),
            sign=AuthToken(self.subject.auth_token).sign,
            limits=self.subject.limits,
        )
        return unsigned.signed_anew()

    def _message(self, sid: str) -> Message:
        subject = self.subject
        received = received_message(
            sid=sid,
            account_sid=subject.account_sid,
            service_sid=None,
            sender=subject.sender,
            to=subject.recipient,
            body=BODY,
            media_urls=(),
            now=self.now,
        )
        if subject.kind is Kind.INBOUND:
            return received
        return replace(received, direction="outbound-api", status=Status.DELIVERED, plan=())


MakeProbe = Callable[[Probes], Webhook]


def _form(message: Message) -> Form:
    if message.direction != "inbound":
        return status_form(message)
    home, here = _place(message.sender or ""), _place(message.to)
    return inbound_form(message, home=home, here=here, word=None, media_url="")


def _place(number: str) -> Place:
    return Place(country=(country_of(number) if is_e164(number) else None) or "")
