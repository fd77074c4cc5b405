"""Tests of the signals that end a command."""

import signal
from threading import get_ident

from fake_twilio.commands.signals import ENDS, held_back


def test_a_signal_waits_for_who_waits_for_it() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())

    with held_back(ENDS):
        signal.pthread_kill(get_ident(), signal.SIGTERM)

        assert signal.sigwait(ENDS) is signal.SIGTERM
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
