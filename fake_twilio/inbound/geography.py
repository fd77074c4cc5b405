"""Where numbers are at home: made up, believable, and the same for the same seed and number."""

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import phonenumbers

from fake_twilio.domain.inbound.inbound import Place
from fake_twilio.domain.values.numbers import country_of, is_e164, is_toll_free

if TYPE_CHECKING:
    from faker import Faker

NOWHERE = Place()


class Geography:
    """Places by number. American numbers have a city; of others the country is known, of short codes nothing.

    That Twilio knows no more of them is inferred: it says "when known", and leaves them empty else.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._lock = Lock()

    def place(self, number: str) -> Place:
        """Return where *number* is at home."""
        country = country_of(number) if is_e164(number) else None
        if not country or country == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
            return NOWHERE
        if country != "US" or is_toll_free(number):
            return Place(country=country)
        return self._american(number)

    def _american(self, number: str) -> Place:
        with self._lock:
            self._faker.seed_instance(f"{self._seed}/{number}")
            state = self._faker.state_abbr(include_territories=False, include_freely_associated_states=False)
            return Place(self._faker.city().upper(), state, self._faker.zipcode_in_state(state), "US")

    @cached_property
    def _faker(self) -> "Faker":
        from faker import Faker  # takes as long to load as ten tests, and few ask where a number is

        return Faker("en_US")
