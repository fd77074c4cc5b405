"""Everything that is wrong with what a caller gave, collected so that one error can say it all."""

from collections.abc import Iterator
from contextlib import contextmanager

from twilio_sms.errors import ValidationError


class Problems(list[str]):
    """What is wrong, each with the name of its argument."""

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Note what the block refuses under the name of its argument, and go on."""
        try:
            yield
        except ValidationError as error:
            self.append(f"{name} {error.message}")

    def raise_any(self) -> None:
        """Raise one `ValidationError` with all of them, if there are any."""
        if self:
            raise ValidationError("; ".join(self))
