"""How often the garbage collector looks at what a served fake remembers."""

import gc

THRESHOLD = 50_000  # new containers; Python's own 700 make it look at all messages again and again, a fifth of the time


def let_garbage_wait() -> None:
    """Let the collector of this process come by rarely; for a process of our own, never for one that we are a guest of.

    What a message leaves behind is freed when it is forgotten, without the collector: nothing in it is circular.
    """
    gc.freeze()
    gc.set_threshold(THRESHOLD, 20, 50)
