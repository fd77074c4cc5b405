"""People of a scenario, who answer what they get."""

from dataclasses import dataclass

from fake_twilio.domain.values.patterns import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Someone with a number like one of *numbers*, who replies to a text like one of *on*."""

    numbers: tuple[Pattern, ...]
    on: tuple[Pattern, ...] = ()
    reply: str
    after_seconds: float = 0.0
    stop_after: int | None = None  # replies; none is no bound

    def answers(self, number: str, body: str) -> bool:
        """Whether whoever has *number* replies to *body*; nothing said in *on* means: to everything."""
        is_it = any(pattern.matches(number) for pattern in self.numbers)
        return is_it and (not self.on or any(pattern.matches(body) for pattern in self.on))
