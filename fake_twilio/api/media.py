"""The Media resource: list, fetch, delete, and the files themselves.

A file needs no credentials: to ask for them is a setting that an account switches on. Its address answers 307, here to
another path of the same host. Sources: Twilio's help centre, "Protect media access"; an application's trace of 2020.
"""

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, entered, message_there
from fake_twilio.api.exchange import answer, not_found
from fake_twilio.api.paging import Paging
from fake_twilio.api.render import render_media, render_media_page
from fake_twilio.api.routing import resource
from fake_twilio.domain.messages.media import Media, find_media, media_page, without_media
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.placeholders import placeholder
from fake_twilio.domain.messages.query import read_interval
from fake_twilio.domain.twilio.form import read_form
from fake_twilio.domain.values.sids import is_media_sid

COLLECTION = "/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>/Media.json"
RESOURCE = "/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>/Media/<sid>.json"
FILE = "/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>/Media/<dotless:sid>"
CONTENT = "/media/<account_sid>/<message_sid>/<sid>"


class MediaApi:
    """The views; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def list(self, account_sid: str, message_sid: str) -> Response:
        message = message_there(entered(self._realm, account_sid), message_sid)
        form = read_form(request.query_string)
        paging = Paging.from_form(form, is_media_sid)
        created = read_interval(form, "DateCreated")
        shown, has_more = paging.cut(media_page(message, created, paging.size + 1, paging.cursor))
        page = paging.describe(request.path, [media.sid for media in shown], has_more=has_more)
        return answer(render_media_page(message, shown, page))

    def fetch(self, account_sid: str, message_sid: str, sid: str) -> Response:
        message = message_there(entered(self._realm, account_sid), message_sid)
        return answer(render_media(message, _media_there(message, sid)))

    def delete(self, account_sid: str, message_sid: str, sid: str) -> Response:
        engine = entered(self._realm, account_sid)
        message = message_there(engine, message_sid)
        try:
            engine.amend(message.sid, lambda found, _now: without_media(found, sid))
        except LookupError:
            raise not_found() from None
        return Response(status=204)

    def file(self, account_sid: str, message_sid: str, sid: str) -> Response:
        """Send on to where the file lies."""
        media = self._public(account_sid, message_sid, sid)
        return Response(status=307, headers={"Location": f"/media/{account_sid}/{message_sid}/{media.sid}"})

    def content(self, account_sid: str, message_sid: str, sid: str) -> Response:
        """Give a placeholder; what was at the address that was sent is never fetched."""
        media = self._public(account_sid, message_sid, sid)
        return Response(placeholder(media.content_type), content_type=media.content_type)

    def _public(self, account_sid: str, message_sid: str, sid: str) -> Media:
        realm = self._realm()
        if realm.directory.find(account_sid) is None:
            raise not_found()
        return _media_there(message_there(realm.engine(account_sid), message_sid), sid)


def _media_there(message: Message, sid: str) -> Media:
    try:
        return find_media(message, sid)
    except LookupError:
        raise not_found() from None


def media_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the routes of the Media resource and of its files."""
    api = MediaApi(realm)
    return resource(
        "Media",
        (
            (COLLECTION, "GET", api.list),
            (RESOURCE, "GET", api.fetch),
            (RESOURCE, "DELETE", api.delete),
            (FILE, "GET", api.file),
            (CONTENT, "GET", api.content),
        ),
    )
