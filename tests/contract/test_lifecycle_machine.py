"""Whatever is done with messages in whatever order: no illegal step, nothing told wrongly, nothing lost.

A machine of Hypothesis sends, schedules, cancels, deletes, redacts, writes to the fake, moves its time, changes its
world and its customer, and has a judge with rules of its own look at it after each step. ``FUZZ_LIFECYCLES`` says how
many lives are tried, twenty-five if nothing is said and five hundred in `make fuzz`, which takes others each time.

That it can fail was shown with bugs planted in the fake; found were: a first status that is told, a canceled one that
is not, another token on the second attempt, an attempt too many or too few, a deletion in flight, a STOP that counts
for a number but not for its service, a late opt-out and a suspension that are not heeded, time that goes back, and a
text that is not redacted. Not found is a wrong order of three webhooks that wait at one time, since a manual clock lets
each moment end: `test_races.py` watches that.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import requests
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from twilio.request_validator import RequestValidator
from werkzeug import Request as WebRequest
from werkzeug import Response

from fake_twilio import FakeTwilio
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import Choice, lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.scenario_files.load import parse_scenario
from tests.contract.lifecycle_judge import FINAL, FOLLOWS, OPTED_OUT, Judge, Patience, Request
from tests.fake_twilio.doubles import SERVICE_SID, START

LIVES = int(os.environ.get("FUZZ_LIFECYCLES", "0"))
APP = "https://app.test"
ALONE, *POOL = "+15005550006", "+15005550010", "+15005550011"
PEOPLE = ("+15551230001", "+15551230002", "+15551230003")
WORDS = ("STOP", "stop ", "Quit", "STOP PLEASE", "START", "yes", "HELP", "hello")
WORLD = f"""about: x.
numbers: ["{ALONE}", "{POOL[0]}", "{POOL[1]}"]
inbound: {{url: "{APP}/sms"}}
services: [{{sid: {SERVICE_SID}, numbers: ["{POOL[0]}", "{POOL[1]}"], inbound_on_number: true}}]
defaults: {{timeline: [{{status: sending, after: 1s}}, {{status: sent, after: 1s}}, {{status: delivered, after: 1s}}]}}
"""
TWIML = Response('<Response><Message statusCallback="/status/reply">and you?</Message></Response>', mimetype="text/xml")
ANSWERS: dict[str, Callable[[], Response]] = {
    "ok": lambda: Response(status=204),
    "bad": lambda: Response(status=500),
    "raise": lambda: [][0],
    "twiml": lambda: TWIML,
}
# What is asked for in the fragment of a callback's address, and how often it is tried again if it is answered badly.
FRAGMENTS = {"": 0, "#rc=0&rp=all": 0, "#rc=1&rp=5xx": 1, "#rp=all": 1, "#rc=9&rp=4xx,5xx": 5}


def lives_from(status: str) -> list[tuple[str, ...]]:
    """Return all that can follow *status*, cut anywhere."""
    following = sorted(FOLLOWS.get(status, set()) - {"canceled"})
    return [()] + [(one, *rest) for one in following for rest in lives_from(one)]


def timeline(life: tuple[str, ...], delays: list[float]) -> Choice:
    codes = {"failed": 30003, "undelivered": 30005}
    return lives(*(Step(Status(status), delay, codes.get(status)) for status, delay in zip(life, delays, strict=False)))


spans = st.sampled_from((0.0, 0.001, 0.5, 1.0, 59.9, 301.0, 3600.0, 90_000.0))
timelines = st.builds(timeline, st.sampled_from(lives_from("queued")), st.lists(spans, min_size=4, max_size=4))
people = st.sampled_from(PEOPLE)
senders = st.sampled_from(({"From": ALONE}, {"From": POOL[0]}, {"From": POOL[1]}, {"MessagingServiceSid": SERVICE_SID}))
fragments = st.none() | st.sampled_from(sorted(FRAGMENTS))
picks = st.integers(0, 1_000)


def pick_from(pairs: list[tuple[str, str]], number: int) -> tuple[str, str]:
    return pairs[number % len(pairs)]


class Customer:
    """An app that notes what it is asked, and answers as it is told to."""

    def __init__(self, tokens: dict[str, str]) -> None:
        self._validators = {sid: RequestValidator(token) for sid, token in tokens.items()}
        self.mood = "ok"
        self.requests: list[Request] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request, mood = WebRequest(environ), self.mood
        form = request.form
        validator = self._validators[form["AccountSid"]]
        self.requests.append(
            Request(
                path=request.path,
                sid=form["MessageSid"],
                status=form.get("MessageStatus") or form["SmsStatus"],
                token=request.headers["I-Twilio-Idempotency-Token"],
                is_signed=validator.validate(request.url, form, request.headers["X-Twilio-Signature"]),
                is_taken=mood in ("ok", "twiml"),
            )
        )
        return ANSWERS[mood]()(environ, start_response)


class Lifecycle(RuleBasedStateMachine):
    """A fake on a manual clock, its customer, and the judge."""

    def __init__(self) -> None:
        super().__init__()
        self.world = parse_scenario(WORLD)
        self.fake = FakeTwilio(self.world, clock="manual", start=START, seed=1).start()
        self.http = requests.Session()
        self.http.auth = (self.fake.account_sid, self.fake.auth_token)
        sub = self.post("/Accounts.json", FriendlyName="x").json()
        self.sub: str = sub["sid"]
        self.sub_number: str = self.post(f"/Accounts/{self.sub}/IncomingPhoneNumbers.json", AreaCode="415").json()[
            "phone_number"
        ]
        self.customer = Customer({self.fake.account_sid: self.fake.auth_token, self.sub: sub["auth_token"]})
        self.fake.mount(APP, self.customer)
        self.judge = Judge(SERVICE_SID, tuple(POOL))
        self.sent: list[tuple[str, str]] = []  # account and message, those that are not deleted

    def post(self, path: str, **form: str) -> requests.Response:
        return self.http.post(f"{self.fake.url}/2010-04-01{path}", data=form, timeout=10)

    def send(self, account: str, fragment: str | None, **form: str) -> requests.Response:
        if fragment is not None:
            path = f"/status/{len(self.judge.patience)}"
            self.judge.patience[path] = Patience(FRAGMENTS[fragment])
            form["StatusCallback"] = f"{APP}{path}{fragment}"
        response = self.post(f"/Accounts/{account}/Messages.json", Body="hi", **form)
        if response.status_code == 201:
            self.sent.append((account, response.json()["sid"]))
        return response

    @rule(to=people, sender=senders, fragment=fragments)
    def send_now(self, to: str, sender: dict[str, str], fragment: str | None) -> None:
        is_out = self.judge.is_opted_out(to, sender.get("From"), sender.get("MessagingServiceSid"))

        response = self.send(self.fake.account_sid, fragment, To=to, **sender)

        assert response.status_code == (400 if is_out else 201), response.text
        assert not is_out or response.json()["code"] == OPTED_OUT

    @rule(to=people, fragment=fragments, seconds=st.integers(301, 90_000))
    def send_later(self, to: str, fragment: str | None, seconds: int) -> None:
        moment = datetime.fromtimestamp(self.fake.now + seconds, UTC).isoformat()
        form = {"MessagingServiceSid": SERVICE_SID, "ScheduleType": "fixed", "SendAt": moment}

        assert self.send(self.fake.account_sid, fragment, To=to, **form).json()["status"] == "scheduled"

    @rule(to=people, fragment=fragments)
    def send_from_the_subaccount(self, to: str, fragment: str | None) -> None:
        is_out = self.judge.is_opted_out(to, self.sub_number)

        response = self.send(self.sub, fragment, To=to, From=self.sub_number)

        refused = 403 if self.sub in self.judge.suspended else 400
        assert response.status_code == (refused if is_out or self.judge.suspended else 201), response.text

    @precondition(lambda self: self.sent)
    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        scheduled = [pair for pair in self.sent if self.judge.lives[pair[1]][-1] == "scheduled"]
        account, sid = pick_from(scheduled if scheduled and pick % 2 else self.sent, pick // 2)
        before = self.judge.lives[sid][-1]

        response = self.post(f"/Accounts/{account}/Messages/{sid}.json", Status="canceled")

        if account not in self.judge.suspended:
            assert response.status_code == (200 if before == "scheduled" else 409), response.text

    @precondition(lambda self: self.sent)
    @rule(pick=picks)
    def redact(self, pick: int) -> None:
        account, sid = pick_from(self.sent, pick)
        if self.post(f"/Accounts/{account}/Messages/{sid}.json", Body="").status_code == 200:
            self.judge.redacted.add(sid)

    @precondition(lambda self: self.sent)
    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        account, sid = pick_from(self.sent, pick)
        life = self.judge.lives[sid]
        self.fake.advance(0)  # what it told until now has arrived
        url = f"{self.fake.url}/2010-04-01/Accounts/{account}/Messages/{sid}.json"
        status = self.http.delete(url, timeout=10).status_code

        assert status == 204 or life[-1] not in FINAL or account in self.judge.suspended
        assert status != 204 or life[-1] in FINAL or life[-1] in ("queued", "sending", "sent")
        if status == 204:
            self.sent.remove((account, sid))
            self.judge.gone[sid] = sum(request.sid == sid for request in self.customer.requests)

    @rule(person=people, number=st.sampled_from((ALONE, *POOL, "sub")), text=st.sampled_from(WORDS))
    def receive(self, person: str, number: str, text: str) -> None:
        to = self.sub_number if number == "sub" else number
        self.fake.receive(person, to, text)
        self.judge.hear(person, to, text)

    @rule(span=spans)
    def advance(self, span: float) -> None:
        before = self.fake.now
        self.fake.advance(span)

        assert self.fake.now == before + span
        assert not self.fake.pending

    @rule(
        steps=timelines, mood=st.sampled_from(sorted(ANSWERS)), what=st.sampled_from(("world", "customer", "account"))
    )
    def change(self, steps: Choice, mood: str, what: str) -> None:
        if what == "world":
            self.fake.use(replace(self.world, otherwise=steps))
        elif what == "customer":
            self.customer.mood = mood
        else:
            self.suspend_or_activate()

    def suspend_or_activate(self) -> None:
        status = "active" if self.sub in self.judge.suspended else "suspended"
        assert self.post(f"/Accounts/{self.sub}.json", Status=status).json()["status"] == status
        self.judge.suspended ^= {self.sub}

    @invariant()
    def judged(self) -> None:
        is_idle = not self.fake.pending
        self.judge.look(self.fake.messages, tuple(self.customer.requests), self.fake.now, is_idle=is_idle)

    @invariant()
    def counted(self) -> None:
        accounts = {self.fake.account_sid, self.sub} - self.judge.suspended
        listed = [sid for account in accounts for sid in self.listed(account)]
        known = [message.sid for message in self.fake.messages if message.account_sid in accounts]
        health = self.http.get(f"{self.fake.url}/_fake/health", timeout=10).json()

        assert sorted(listed) == sorted(known)
        assert sum(health["messages"].values()) == len(self.fake.messages)
        assert not self.judge.gone.keys() & set(known)
        assert {sid for _, sid in self.sent} <= {message.sid for message in self.fake.messages}

    def listed(self, account: str) -> list[str]:
        page = self.http.get(f"{self.fake.url}/2010-04-01/Accounts/{account}/Messages.json?PageSize=1000", timeout=10)
        return [message["sid"] for message in page.json()["messages"]]

    def teardown(self) -> None:
        try:
            self.fake.settle()
            self.judged()
        finally:
            self.fake.stop(0.1)
            self.http.close()


Lifecycle.TestCase.settings = settings(
    max_examples=LIVES or 25,
    stateful_step_count=40,
    derandomize=not LIVES,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLifecycle = Lifecycle.TestCase
