"""A shape as Locust takes it."""

from locust import LoadTestShape

from fake_twilio.load.shapes import Shape, users_at, users_per_second


class TableShape(LoadTestShape):
    """Follows a table of stages from the moment at which the load starts."""

    abstract = True  # a locustfile that imports it does not use it by that: Locust would make it without a table

    def __init__(self, shape: Shape) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Locust has it so
        self._shape = shape

    def tick(self) -> tuple[int, float] | None:
        """Return how many users there are to be now, and how many may come or go in a second; ``None`` at the end."""
        seconds: float = self.get_run_time()  # type: ignore[no-untyped-call] # Locust has it so
        users = users_at(self._shape, seconds)
        return None if users is None else (users, users_per_second(self._shape))
