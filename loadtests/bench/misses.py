"""Goals that are known to be missed, and why: kept by hand, by the name of the figure."""

WHY: dict[str, str] = {}
