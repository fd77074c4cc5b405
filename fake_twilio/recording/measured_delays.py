"""How measured delays are written into a scenario: the one place that knows."""

from collections.abc import Sequence

MOST = 100  # times that a file holds for one step; of more, as many are taken at even distances


def delay_value(seconds: Sequence[float]) -> str | dict[str, list[str]]:
    """Return what stands behind ``after:`` for these delays, of which there is at least one: each of them."""
    ordered = sorted(seconds)
    kept = [ordered[place * len(ordered) // MOST] for place in range(MOST)] if len(ordered) > MOST else ordered
    texts = [f"{round(each * 1000)}ms" for each in kept]
    return texts[0] if len(set(texts)) == 1 else {"empirical": texts}
