"""The guide to proxies: its test passes, its proxy writes every header that counts, and mistakes are told."""

import re
from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide
from twilio_sms.webhooks.address import _FORWARDED


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("behind_a_proxy", tmp_path)
    guide.write()
    return guide


def test_it_can_be_followed(guide: Guide) -> None:
    guide.type("proxy_run")


def test_a_signature_is_explained(guide: Guide) -> None:
    guide.type("proxy_explain")


def test_the_proxy_writes_or_removes_every_header_that_counts(guide: Guide) -> None:
    written = re.findall(r'proxy_set_header (\S+) (?:\$\w+|"");', guide.examples["proxy_nginx"])

    assert {name.lower() for name in written} == {"host", *_FORWARDED}


def test_mistakes_are_told(guide: Guide) -> None:
    guide.mistake("test_proxy.py", "403", "200", "test_refused.py")
    guide.mistake("test_proxy.py", '_PROTO": "https"', '_PROTO": "http, https"', "test_added.py")

    guide.check_told(guide.ran("python -m pytest -q test_refused.py test_added.py"))
