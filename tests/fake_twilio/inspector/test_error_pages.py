"""An error has Twilio's title, and leads to Twilio's page."""

from fake_twilio.inspector.error_pages import error_links, error_title


def test_an_error_has_twilios_title() -> None:
    assert error_title(30007) == "30007 Message filtered"
    assert error_title(11200) == "11200 HTTP retrieval failure"
    assert error_title(99999) == "99999 an error that is not in the catalogue"
    assert error_title(None) == ""


def test_an_error_leads_to_twilios_page() -> None:
    assert [link.url for link in error_links(30007)] == ["https://www.twilio.com/docs/api/errors/30007"]
    assert error_links(None) == ()
