"""Everything that is wrong with what a caller gave, collected so that one error can say it all."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from twilio_sms.errors import ValidationError

T = TypeVar("T")


class Problems(list[str]):
    """What is wrong, each with the name of its argument."""

    def read(self, name: str, read: Callable[..., T], *given: Any) -> T | None:
        """Return what *read* makes of *given*; note what it refuses under the name of the argument, and go on."""
        try:
            return read(*given)
        except ValidationError as error:
            self.append(f"{name} {error.message}")
            return None

    def raise_all(self) -> NoReturn:
        """Raise one `ValidationError` with all of them."""
        raise ValidationError("; ".join(self))
