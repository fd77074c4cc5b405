"""What one account sends from: its numbers, its messaging services with their pools, and its applications."""

from dataclasses import dataclass

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.accounts.opt_out_book import OptOutBook
from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.incoming_number import IncomingNumber
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.values.numbers import masked


@dataclass(frozen=True, slots=True)
class PooledNumber:
    """A number in the pool of a service, and when it joined (seconds since 1970)."""

    number: IncomingNumber
    service_sid: str
    joined_at: float

    @property
    def sid(self) -> str:
        """The SID of the number."""
        return self.number.sid


class Senders:
    """The numbers and services of one account, as far as they depend on each other."""

    def __init__(
        self,
        account_sid: str,
        numbers: PhoneBook,
        services: ServiceBook,
        opt_outs: OptOutBook,
        applications: ApplicationBook,
    ) -> None:
        self._account_sid = account_sid
        self.numbers = numbers
        self.services = services
        self.applications = applications
        self.opt_outs = opt_outs

    def check(self, sender: str) -> None:
        """Raise Twilio's refusal if the account may not send from *sender*: 21659, or 21660 if another one may."""
        code = self.numbers.refusal_code(self._account_sid, sender)
        if code is not None:
            raise refusal(code, account_sid=self._account_sid, **{"from": masked(sender)})

    def service(self, sid: str) -> Service:
        """Return the service that is to send a message, or raise Twilio's refusal 21701."""
        return self.services.sending(sid)

    def application(self, sid: str) -> Application:
        """Return the application that a message names, or raise a refusal (20001)."""
        return self.applications.named(sid)

    def check_pooled(self, service: Service, sender: str) -> None:
        """Raise Twilio's refusal 21711 if *sender* is not in the pool of the service."""
        self.services.check_pooled(service.sid, sender)

    def choose(self, service_sid: str, to: str, intended: str | None = None) -> str:
        """Return who writes to *to* for a service: *intended*, if it still may.

        Raises Twilio's refusal: 21701 there is no service, 21703 none of its senders reaches *to*, 21704 it has none.
        """
        service = self.services.sending(service_sid)
        own = self.numbers.senders(self._account_sid)
        return self.services.choose(service, to, own, intended)

    def is_opted_out(self, to: str, sender: str | None, service_sid: str | None) -> bool:
        """Whether *to* opted out of the sender, of the service, or of the service that the sender is in."""
        if self.opt_outs.is_empty:
            return False
        home = self.services.service_of(sender) if sender else None
        return self.opt_outs.has(to, sender, service_sid, home.sid if home else None)

    def release(self, number_sid: str) -> None:
        """Give a number up, also in the pool that it is in; raise `LookupError` if the account does not have it."""
        self.services.leave(self.numbers.release(self._account_sid, number_sid).phone_number)

    def join(self, service_sid: str, number_sid: str) -> PooledNumber:
        """Put a number of the account into a pool; raise `LookupError`, or Twilio's refusal 21710, 21712 or 21714."""
        number = self.numbers.get(self._account_sid, number_sid)
        return PooledNumber(number, service_sid, self.services.join(service_sid, number.phone_number))

    def leave(self, service_sid: str, number_sid: str) -> None:
        """Take a number out of a pool; raise `LookupError` if it is not in it."""
        self.services.leave(self.pooled(service_sid, number_sid).number.phone_number)

    def pooled(self, service_sid: str, number_sid: str) -> PooledNumber:
        """Return a number of a pool; raise `LookupError` if it is not in it."""
        number = self.numbers.get(self._account_sid, number_sid)
        return PooledNumber(number, service_sid, self.services.pool(service_sid)[number.phone_number])

    def pool(self, service_sid: str) -> list[PooledNumber]:
        """Return the numbers of a pool, the last that joined first; raise `LookupError` if there is no service."""
        joined = self.services.pool(service_sid)
        numbers = {number.phone_number: number for number in self.numbers.all(self._account_sid)}
        return [PooledNumber(numbers[n], service_sid, at) for n, at in joined.items() if n in numbers][::-1]
