"""The chapter of the page that says what one process of the fake holds: bounds of the code, and figures."""

from collections.abc import Callable, Iterator, Mapping

from figures import Figure

from fake_twilio.delivery.courier import PER_TARGET
from fake_twilio.records.store import BOUND
from fake_twilio.wire.http_connection import Limits
from fake_twilio.world import WORKERS

HEAD = """
## What one process holds

A fake is one process: its state is in memory, and several processes for one fake are not offered. Who needs more runs
several fakes, each on a port of its own. One holds

"""
LIMITS = (
    f"{BOUND:,} messages; then the oldest finished one is forgotten for each new one, none in flight ever is",
    f"{Limits().connections} connections; for one more, the one that has waited longest for a request is closed",
    f"{WORKERS} webhooks under way, {PER_TARGET} of them to one target; the others wait their turn",
)
MEASURED: dict[str, Callable[[float], str]] = {
    "serve_memory_mib": lambda value: f"{value:,.0f} MiB while it has no messages",
    f"bytes_a_message_at_{BOUND}": lambda value: f"{value * BOUND / 2**20:,.0f} MiB more when it is full of messages",
    "fake_requests_a_second": lambda value: f"{value:,.0f} messages a second, where nobody is told of them",
    "messages_a_second_with_two_callbacks": lambda value: f"{value:,.0f} a second with two signed callbacks each",
    "callbacks_a_second": lambda value: f"{value:,.0f} callbacks a second, once they are due",
}


def one_process(figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the chapter's parts; what was not measured is not said."""
    yield HEAD
    yield from (f"- {limit};\n" for limit in LIMITS)
    yield "\nand took, when this page was made,\n\n"
    for name, told in MEASURED.items():
        if name in figures:
            yield f"- {told(figures[name].value)};\n"
    yield "\nclients, fake and the target of the callbacks sharing the cores of one machine.\n"
