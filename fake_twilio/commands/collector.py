"""How often the garbage collector looks at what a served fake remembers."""

import gc

YOUNG = 10_000  # new containers between two looks at them, of some 4 ms; with Python's own 700 a fifth of all time
OLDER = 1_000  # such looks between two at what is older: messages that stay, which take the longer the more there are


def let_garbage_wait() -> None:
    """Let the collector of this process come by rarely; for a process of our own, never for one that we are a guest of.

    What a message leaves behind is freed when it is forgotten, without the collector: nothing in it is circular.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
