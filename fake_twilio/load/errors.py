"""What goes wrong with a load.

``LoadError`` is said once, in one line, before anything is sent. ``RequestFailed`` is one failure among many: it is
counted, so its text is one of few: a status or a kind of error, never a number, a SID or what somebody wrote.
``NothingLeft`` is no failure: all messages of the load were begun.
"""

INSTALL = 'fake_twilio.load needs Locust: pip install "twilio-sms[load]"'


class LoadError(ValueError):
    """A load cannot begin as it was asked for; one line: what was wanted, what came, what to do."""


class RequestFailed(Exception):  # noqa: N818 - it names what happened
    """One request, or one thing that a user wanted, did not succeed."""


class NothingLeft(Exception):  # noqa: N818 - it names what happened
    """A user wanted to send, and the load has begun all that it was to send."""
