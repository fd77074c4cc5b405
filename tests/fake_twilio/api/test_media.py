"""The Media resource on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import MESSAGE_SID, RECIPIENT, SENDER

KINDS = [("png", "image/png", "89504e47"), ("gif", "image/gif", "47494638"), ("pdf", "image/jpeg", "ffd8ff")]
UNKNOWN = "ME" + "0c" * 16


def ask(fake: FakeTwilioFixture, method: str, path: str, **form: Any) -> requests.Response:
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages{path}"
    return requests.request(method, url, data=form, auth=(fake.account_sid, fake.auth_token), timeout=5)


def sent(fake: FakeTwilioFixture, *endings: str) -> str:
    urls = [f"https://example.com/cat.{ending}" for ending in endings]
    sid: str = ask(fake, "POST", ".json", To=RECIPIENT, From=SENDER, Body="x", MediaUrl=urls).json()["sid"]
    return sid


def listed(fake: FakeTwilioFixture, sid: str, query: str = "") -> list[dict[str, Any]]:
    media: list[dict[str, Any]] = ask(fake, "GET", f"/{sid}/Media.json{query}").json()["media_list"]
    return media


def file_url(fake: FakeTwilioFixture, media: dict[str, Any]) -> str:
    return f"{fake.url}{media['uri'].removesuffix('.json')}"


def refused(response: requests.Response) -> tuple[int, int]:
    return response.status_code, response.json()["code"]


def test_the_media_of_a_message_are_listed(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio, "png", "jpg")

    tree = ask(fake_twilio, "GET", f"/{sid}/Media.json").json()

    path = f"/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages/{sid}/Media"
    media = tree["media_list"][0]
    assert tree["uri"] == tree["first_page_uri"] == f"{path}.json?PageSize=50&Page=0"
    assert (tree["start"], tree["end"], tree["next_page_uri"]) == (0, 1, None)
    assert [entry["content_type"] for entry in tree["media_list"]] == ["image/png", "image/jpeg"]
    assert (media["parent_sid"], media["account_sid"]) == (sid, fake_twilio.account_sid)
    assert media["uri"] == f"{path}/{media['sid']}.json"


def test_one_is_fetched_as_it_was_listed(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio, "png")
    media = listed(fake_twilio, sid)[0]

    assert ask(fake_twilio, "GET", f"/{sid}/Media/{media['sid']}.json").json() == media


def test_a_text_has_an_empty_list(fake_twilio: FakeTwilioFixture) -> None:
    assert listed(fake_twilio, sent(fake_twilio)) == []


def test_pages_go_forth_and_back(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio, *["png"] * 5)
    sids = [media["sid"] for media in listed(fake_twilio, sid)]
    auth = (fake_twilio.account_sid, fake_twilio.auth_token)

    first = ask(fake_twilio, "GET", f"/{sid}/Media.json?PageSize=2").json()
    second = requests.get(fake_twilio.url + first["next_page_uri"], auth=auth, timeout=5).json()
    again = requests.get(fake_twilio.url + second["previous_page_uri"], auth=auth, timeout=5).json()

    assert [[media["sid"] for media in page["media_list"]] for page in (first, second, again)] == [
        sids[:2],
        sids[2:4],
        sids[:2],
    ]


@pytest.mark.parametrize("token", ["x", "PA" + UNKNOWN, "PA" + MESSAGE_SID])
def test_a_bad_page_token_is_refused(fake_twilio: FakeTwilioFixture, token: str) -> None:
    response = ask(fake_twilio, "GET", f"/{sent(fake_twilio, 'png')}/Media.json?PageToken={token}")

    assert refused(response) == (400, 21481)


@pytest.mark.fake_twilio(start=1_767_225_600)
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("DateCreated=2026-01-01", 1),
        ("DateCreated=2026-01-02", 0),
        ("DateCreated%3C=2026-01-01", 1),
        ("DateCreated%3C=2025-12-31", 0),
        ("DateCreated%3E=2026-01-01", 1),
        ("DateCreated%3E=2026-01-02", 0),
    ],
)
def test_a_list_is_filtered_by_date(fake_twilio: FakeTwilioFixture, query: str, count: int) -> None:
    assert len(listed(fake_twilio, sent(fake_twilio, "png"), f"?{query}")) == count


@pytest.mark.parametrize(("ending", "content_type", "magic"), KINDS, ids=[kind[0] for kind in KINDS])
def test_a_file_is_what_its_type_says(
    fake_twilio: FakeTwilioFixture, ending: str, content_type: str, magic: str
) -> None:
    media = listed(fake_twilio, sent(fake_twilio, ending))[0]

    redirect = requests.get(file_url(fake_twilio, media), allow_redirects=False, timeout=5)
    file = requests.get(file_url(fake_twilio, media), timeout=5)

    assert (redirect.status_code, redirect.headers["Location"][0]) == (307, "/")
    assert (file.status_code, file.headers["Content-Type"]) == (200, content_type)
    assert file.content.hex().startswith(magic)
    assert media["content_type"] == content_type


def test_deleted_media_are_gone_and_the_others_stay(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio, "png", "png")
    first, second = listed(fake_twilio, sid)

    deleted = ask(fake_twilio, "DELETE", f"/{sid}/Media/{first['sid']}.json")

    assert (deleted.status_code, deleted.content) == (204, b"")
    assert listed(fake_twilio, sid) == [second]
    for method in ("GET", "DELETE"):
        assert refused(ask(fake_twilio, method, f"/{sid}/Media/{first['sid']}.json")) == (404, 20404)
    assert requests.get(file_url(fake_twilio, first), timeout=5).status_code == 404
    assert ask(fake_twilio, "GET", f"/{sid}.json").json()["num_media"] == "2"


def test_media_are_gone_with_their_message(fake_twilio: FakeTwilioFixture) -> None:
    sid = sent(fake_twilio, "png")
    media = listed(fake_twilio, sid)[0]
    content = requests.get(file_url(fake_twilio, media), timeout=5).url
    fake_twilio.settle()

    ask(fake_twilio, "DELETE", f"/{sid}.json")

    assert refused(ask(fake_twilio, "GET", f"/{sid}/Media.json")) == (404, 20404)
    for url in (file_url(fake_twilio, media), f"{file_url(fake_twilio, media)}.json", content):
        auth = (fake_twilio.account_sid, fake_twilio.auth_token)
        assert requests.get(url, auth=auth, timeout=5).status_code == 404


@pytest.mark.parametrize("media", [UNKNOWN, "ME1", MESSAGE_SID])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_is_not_there_is_not_found(fake_twilio: FakeTwilioFixture, method: str, media: str) -> None:
    sid = sent(fake_twilio, "png")

    assert refused(ask(fake_twilio, method, f"/{sid}/Media/{media}.json")) == (404, 20404)
    assert refused(ask(fake_twilio, method, f"/{MESSAGE_SID}/Media/{media}.json")) == (404, 20404)


def test_the_media_of_one_message_are_not_those_of_another(fake_twilio: FakeTwilioFixture) -> None:
    one, other = sent(fake_twilio, "png"), sent(fake_twilio, "png")
    media = listed(fake_twilio, one)[0]

    assert refused(ask(fake_twilio, "GET", f"/{other}/Media/{media['sid']}.json")) == (404, 20404)
    assert ask(fake_twilio, "GET", f"/{other}/Media/{media['sid']}").status_code == 404


def test_a_file_is_not_found_below_another_account(fake_twilio: FakeTwilioFixture) -> None:
    media = listed(fake_twilio, sent(fake_twilio, "png"))[0]
    url = file_url(fake_twilio, media).replace(fake_twilio.account_sid, "AC" + "1" * 32)

    assert requests.get(url, timeout=5).status_code == 404
