"""Everything that is wrong with what a caller gave, collected so that one error can say it all."""

from types import TracebackType

from twilio_sms.errors import ValidationError


class Problems(list[str]):
    """What is wrong, each with the name of its argument."""

    def of(self, name: str) -> "_Noted":
        """Note what the block refuses under the name of its argument, and go on."""
        return _Noted(self, name)

    def raise_any(self) -> None:
        """Raise one `ValidationError` with all of them, if there are any."""
        if self:
            raise ValidationError("; ".join(self))


class _Noted:
    """A block whose refusal is noted; a class, since a generator costs three times as much for each argument."""

    __slots__ = ("_name", "_problems")

    def __init__(self, problems: Problems, name: str) -> None:
        self._problems = problems
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, ValidationError):
            return False
        self._problems.append(f"{self._name} {error.message}")
        return True
