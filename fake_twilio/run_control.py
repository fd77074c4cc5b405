"""What is done to a run: messages sent and received, time moved, faults turned up, keys shared."""

from collections.abc import MutableMapping, Sequence
from datetime import timedelta
from typing import Any

from fake_twilio.delivery.replays import Manner
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.domain.inbound.opt_outs import check_pair
from fake_twilio.domain.messages.message import Event, Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.durations import to_seconds
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.run_view import RunView
from fake_twilio.signing import Params, SignedRequest, signed_form, signed_json


class RunControl(RunView):
    """The run of the moment, acted upon; a reset puts another one in its place."""

    @property
    def faults(self) -> MutableMapping[str, float]:
        """The faults that are turned up in this world and their shares: ``fake.faults["callback_drop"] = 0.2``."""
        return self._world.realm.fates.faults

    def forget(self, *, account_sid: str | None = None, number: str | None = None) -> int:
        """Forget the messages of an account, or those to or from a number, or all; return how many.

        So are their webhooks, their alerts and the opt-outs. Accounts, numbers, services and the time stay, and so do
        the opt-outs that the scenario lists. What the messages had planned does not happen.
        """
        return self._world.forget(account_sid=account_sid, number=number)

    def replay(
        self, token: str, *, signature: str = "same", times: int = 1, after: float | str | timedelta = 0
    ) -> Webhook:
        """Bring a webhook once more, and return it as it leaves; what the app answers is logged and not acted upon.

        Its *signature* is the ``"same"``, ``"wrong"`` or left out (``"none"``); it comes so many *times* in a row (at
        most 100), *after* a span of the run's time. Raises `LookupError` if no webhook in the log has this token.
        """
        return self._world.replay(token, Manner.parse(signature, times, to_seconds(after)))

    def submit(self, form: Form) -> Message:
        """Take a message of the main account by its form, as ``POST Messages`` does; raises Twilio's `Refusal`."""
        return self._world.engine.accept(form)

    def receive(self, from_: str, to: str, body: str = "", media: Sequence[str] = ()) -> Message | None:
        """Have somebody send a message to a number of the fake; *media* are the addresses of up to 10 files.

        It is told to the app at this moment, once time moves; what the app answers is done. ``None`` if the number's
        service has no address for it: Twilio then receives nothing. Raises `ValueError` if nobody has the number *to*.
        """
        return self._world.inbox.receive(from_, to, body, media)

    def opt_out(self, to: str, sender: str) -> None:
        """Have the recipient *to* hear nothing more from *sender*: a number, or the SID of a service.

        Raises `ValueError` for what is no number: it would be found in no message.
        """
        check_pair(to, sender)
        self._world.engine.senders.opt_outs.put(to, sender)

    def opt_in(self, to: str, sender: str) -> None:
        """Have the recipient *to* hear from *sender* again; raises `ValueError` as `opt_out` does."""
        check_pair(to, sender)
        self._world.engine.senders.opt_outs.lift(to, sender)

    def advance(self, span: float | str | timedelta) -> list[Event]:
        """Move the time by *span* (seconds, ``"36h"`` or a timedelta); return what happened, webhooks included.

        Raises `ValueError` for a span that is none, and `TimeError` on a clock that is neither manual nor a frozen real
        one.
        """
        return self._world.hand.advance(to_seconds(span))

    def settle(self, max: float | str | timedelta = "30d") -> list[Event]:  # noqa: A002 - the word that reads best
        """Jump from due event to due event until none is left within *max*; return what happened."""
        return self._world.hand.settle(to_seconds(max))

    def freeze(self) -> None:
        """Let time stand still on a real or an instant clock: nothing falls due until `thaw`.

        Requests are answered, and webhooks that were under way are delivered.
        """
        self._world.freezer.freeze()

    def thaw(self) -> None:
        """Let time go on from where it stands."""
        self._world.freezer.thaw()

    def set_speed(self, speed: float) -> None:
        """Let time pass *speed* times as fast from now on, on a real clock and in this run."""
        self._world.ticker.set_speed(speed)

    def share_key(self, key: SigningKey) -> None:
        """Sign the main account's webhooks with *key* from now on; older keys stay alive.

        A reset brings back those of the constructor.
        """
        self._world.directory.share_key(self.account_sid, key)

    def revoke_key(self, key_id: str) -> None:
        """End a shared key: the one before it signs, or the auth token; raises `LookupError` if there is none."""
        self._world.directory.revoke_key(self.account_sid, key_id)

    def sign(self, url: str, params: Params = ()) -> SignedRequest:
        """Sign a form posted to *url* as the account's webhooks are signed now; see `fake_twilio.sign`."""
        return signed_form(url, params, self._world.directory.get(self.account_sid).signer)

    def sign_json(self, url: str, body: Any) -> SignedRequest:
        """Sign a JSON *body* posted to *url* as the account's webhooks are signed now; see `fake_twilio.sign_json`."""
        return signed_json(url, body, self._world.directory.get(self.account_sid).signer)
