"""What an answer says about an app, without asking anybody: from an answer to a verdict."""

from fake_twilio.checkup.finding import Verdict, failed, passed, warned
from fake_twilio.checkup.subject import Subject
from fake_twilio.delivery.webhook import Answer
from fake_twilio.domain.inbound.alert import alert_title
from fake_twilio.domain.inbound.content_type import read_content_type
from fake_twilio.domain.inbound.twiml import TOO_LARGE, Document, Reply, Unreadable, read_answer
from fake_twilio.domain.values.logged import printable
from fake_twilio.domain.webhooks.retries import Failure

NOT_REACHED = frozenset({Failure.CONNECT, Failure.REFUSED})
MAX_SHOWN_CHARACTERS = 200
_FORBIDDEN = 403


def judge_reach(subject: Subject, answer: Answer) -> Verdict:
    """Whether there was a connection."""
    if answer.failure is Failure.REFUSED:
        return failed(_error(answer), "give an address that may be called, or allow it with --callback-allow")
    if answer.failure is Failure.CONNECT:
        return failed(f"no connection: {_error(answer)}", "start the app, or correct host and port")
    return passed(f"connected to {subject.shown_url}")


def judge_pace(subject: Subject, answer: Answer) -> Verdict:
    """Whether a whole answer came in time."""
    took = f"{answer.seconds:.3f} s"
    if answer.failure is Failure.BROKEN:
        return failed(f"the connection ended without an answer after {took}", "look at the app's log for a crash")
    if answer.failure is not None:
        advice = "answer first, and leave what takes long to a background job"
        return failed(f"no whole answer within {subject.timeout_seconds:g} s ({_error(answer)})", advice)
    if answer.seconds > subject.slow_seconds:
        advice = f"Twilio waits {subject.timeout_seconds:g} s: leave what takes long to a background job"
        return warned(f"answered in {took}, which is more than {subject.slow_seconds:g} s", advice)
    return passed(f"answered in {took}")


def judge_acceptance(_subject: Subject, answer: Answer) -> Verdict:
    """Whether a correctly signed request was taken."""
    if is_accepted(answer):
        return passed(_said(answer))
    if is_redirect(answer):
        advice = f"check that address, and give it to Twilio: {printable(answer.location or 'none was said')[:200]}"
        return failed(f"redirects with {answer.status}, wanted a 2xx: nothing more can be checked here", advice)
    if _is(answer, 4):
        advice = "give the auth token that the app has, and let it check the URL that Twilio calls, with all parameters"
        return failed(f"{_said(answer)}, wanted a 2xx", advice)
    return failed(f"{_said(answer)}, wanted a 2xx", "look at the app's log for the error")


def judge_refusal(_subject: Subject, answer: Answer) -> Verdict:
    """Whether a request that does not come from Twilio was turned away."""
    if answer.status == _FORBIDDEN:
        return passed("refused with 403")
    if _is(answer, 4):
        return passed(f"refused with {answer.status} (403 is usual)")
    if is_accepted(answer):
        advice = "check X-Twilio-Signature before anything else: anybody can send such a request"
        return failed(f"{_said(answer)}, wanted 403", advice)
    advice = "answer 403 whatever the header holds, also where there is none"
    return failed(f"{_said(answer)}, wanted 403", advice)


def judge_new_parameter(_subject: Subject, answer: Answer) -> Verdict:
    """Whether a parameter that Twilio may add tomorrow does no harm."""
    if is_accepted(answer):
        return passed(_said(answer))
    advice = "check the signature over all parameters that came, and ignore those you do not know"
    return failed(f"{_said(answer)}, wanted a 2xx", advice)


def judge_repetition(_subject: Subject, answer: Answer) -> Verdict:
    """Whether the second delivery of a webhook is taken as the first was."""
    if is_accepted(answer):
        return passed(f"{_said(answer)} to the second one too")
    advice = "answer 2xx to an I-Twilio-Idempotency-Token that you have seen, and do nothing else"
    return failed(f"{_said(answer)} to the second one, wanted a 2xx", advice)


def judge_twiml(_subject: Subject, answer: Answer) -> Verdict:
    """Whether Twilio could run what was answered to a message."""
    try:
        document = _document(answer)
    except Unreadable as unreadable:
        advice = "answer <Response>…</Response> as text/xml, a text as text/plain, or nothing"
        return failed(_alert(unreadable.code), advice)
    if document.warnings:
        advice = "keep to <Message> with <Body> and <Media>, and <Redirect>"
        return warned("; ".join(map(_alert, document.warnings)), advice)
    kind, _ = read_content_type(answer.content_type)
    if kind == "text/html" and answer.body.strip():
        return warned("TwiML that says it is text/html", "answer it with Content-Type: text/xml")
    replies = sum(isinstance(verb, Reply) for verb in document.verbs)
    return passed(f"{replies} messages to send, {len(document.verbs) - replies} redirects")


def judge_empty(_subject: Subject, answer: Answer) -> Verdict:
    """Whether nothing is said to who tells of a status."""
    if not answer.body.strip():
        return passed("nothing in the body")
    advice = "answer 204 without a body"
    return warned(f"{len(answer.body)} bytes that nobody reads: a status callback runs no TwiML", advice)


def judge_other_form(form: str | None) -> Verdict:
    """What it means that a signature for another *form* of the address was taken, or for none."""
    if form is None:
        return warned(
            "no form of this address fits, whichever scheme or port",
            "compare the app's auth token with the one given here, and its public URL with the one that Twilio calls",
        )
    advice = "tell the app its public URL, or let it trust X-Forwarded-Proto and X-Forwarded-Host of your proxy"
    return warned(f"your app validates against {form}", advice)


def is_accepted(answer: Answer) -> bool:
    """Whether the app answered with a 2xx."""
    return _is(answer, 2)


def is_redirect(answer: Answer) -> bool:
    """Whether the app sent the request elsewhere."""
    return _is(answer, 3)


def is_connected(answer: Answer) -> bool:
    """Whether there was a connection, whatever came of it."""
    return answer.failure not in NOT_REACHED


def _document(answer: Answer) -> Document:
    if answer.is_cut:
        raise Unreadable(TOO_LARGE)
    return read_answer(answer.content_type, answer.body)


def _is(answer: Answer, hundreds: int) -> bool:
    return answer.failure is None and (answer.status or 0) // 100 == hundreds


def _said(answer: Answer) -> str:
    return f"answered {answer.status}" if answer.failure is None else f"no answer ({_error(answer)})"


def _error(answer: Answer) -> str:
    return printable(answer.error or "no reason known")[:MAX_SHOWN_CHARACTERS]


def _alert(code: int) -> str:
    return f"Twilio's debugger would show {code}: {alert_title(code)}"
