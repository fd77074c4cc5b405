"""Whether a webhook comes from Twilio: ``X-Twilio-Signature``.

Source: Twilio, "Webhooks security". The signature is base64(HMAC-SHA1(auth token, text)), or another hash with a shared
key; what the text is says `signed_text`, who may sign says `keys`. `RequestValidator` takes the place of the official
SDK's class of this name; unlike that one it never raises on what a request holds, and whatever is unclear is refused.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import Keyring, SharedKey, Signer
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.signed_text import Params, addresses, body_hashes, form_text

if TYPE_CHECKING:
    from twilio_sms.webhooks.explain import Explanation

# What a request may hold that is no text, no pair, no address, or cannot be encoded.
_UNREADABLE = (ValidationError, ValueError, TypeError, AttributeError)


class RequestValidator:
    """Checks signatures with one or several auth tokens, while one is rotated, and with shared keys.

    A request that names a shared key is judged by that key alone, one that names none by the tokens alone. Raises
    `ValidationError` if there is neither, or an empty one: then anybody could sign.
    """

    def __init__(self, *tokens: str | SecretString, shared_keys: Iterable[SharedKey] = ()) -> None:
        self._keyring = Keyring(tokens, shared_keys)

    def compute_signature(
        self, uri: str, params: Params | str | bytes | None = None, algorithm: str | None = None
    ) -> str:
        """Return the signature that Twilio makes for *uri* and its form *params* with the first token.

        A raw body, as text or bytes, is not signed itself: its hash stands in the *uri*. *algorithm* is ``HMAC_SHA1``
        unless it is said. Raises `ValidationError` for another algorithm, or if there are shared keys only.
        """
        signers = self._keyring.with_algorithm(algorithm)
        if not signers:
            raise ValidationError("to compute a signature give an auth token: of shared keys Twilio chooses one")
        text = uri if isinstance(params, str | bytes) else uri + form_text(params)
        return signers[0].sign(text.encode()).decode("ascii")

    def compute_hash(self, body: str | bytes) -> str:
        """Return the ``bodySHA256`` of a raw *body*: hexadecimal digits."""
        return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()

    def validate(
        self,
        uri: str,
        params: Params | str | bytes | None,
        signature: str | None,
        algorithm: str | None = None,
        *,
        settings: str | None = None,
    ) -> bool:
        """Whether *signature* is right for the *uri* as requested and its form *params*, or its raw JSON body.

        A raw body needs exactly one ``bodySHA256`` in the query, which must be its hash; form *params* none. *settings*
        is the header ``X-Twilio-Webhooks-Signature-Settings`` as it came, ``None`` if it did not; without one the
        tokens are tried, with *algorithm* if the caller knows it. Never raises on what a request holds.
        """
        try:
            signers = self._keyring.with_algorithm(algorithm) if settings is None else self._keyring.signers(settings)
            return _is_signed(uri, _text_behind(uri, params), signature, signers)
        except _UNREADABLE:
            return False

    def validate_form(self, uri: str, raw_body: bytes, signature: str | None, *, settings: str | None = None) -> bool:
        """Whether *signature* is right for the *uri* as requested and a form as it came, before anything decoded it.

        Frameworks mend and drop what is odd in a form, and all of it is signed. Never raises on what a request holds.
        """
        try:
            pairs = Parameters.parse(raw_body).pairs
        except _UNREADABLE:
            return False
        return self.validate(uri, pairs, signature, settings=settings)

    def explain(
        self,
        uri: str,
        params: Params | str | bytes | None,
        signature: str | None,
        *,
        settings: str | None = None,
        method: str = "POST",
        hosts: Iterable[str] = (),
        prefixes: Iterable[str] = (),
    ) -> "Explanation":
        """Say why *signature* is refused, and for which change of the request it would be right.

        The arguments are those of `validate`; a raw body may be a form too. *hosts* (``host[:port]``) and *prefixes* of
        the path are tried besides what is usual. The explanation shows no secret, no body and no whole number.
        """
        from twilio_sms.webhooks.explain import MAX_HINTS, Sent, explain  # only who is in trouble needs it

        sent = Sent.read(uri, params, signature)._replace(
            settings=settings, method=method, hosts=tuple(hosts)[:MAX_HINTS], prefixes=tuple(prefixes)[:MAX_HINTS]
        )
        return explain(sent, self._keyring)

    def __repr__(self) -> str:
        return f"RequestValidator({len(self._keyring.by_token)} tokens, {len(self._keyring.by_key)} shared keys)"


def _is_signed(uri: str, behind: str, signature: str | None, signers: tuple[Signer, ...]) -> bool:
    given = (signature or "").encode("ascii")
    end = behind.encode()
    texts = [address.encode() + end for address in addresses(uri)]
    wanted = [signer.sign(text) for signer in signers for text in texts]
    matches = [hmac.compare_digest(given, one) for one in wanted]  # all of them, so that time tells nothing
    return any(matches)


def _text_behind(uri: str, params: Params | str | bytes | None) -> str:
    """Return what is signed behind the address; raise `ValidationError` if nobody vouches for the body."""
    hashes = body_hashes(uri)
    if not isinstance(params, str | bytes):
        if hashes:
            raise ValidationError("a form has no bodySHA256")
        return form_text(params)
    body = params.encode() if isinstance(params, str) else params
    if len(hashes) != 1:
        raise ValidationError("a raw body needs one bodySHA256 in the query")
    if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), hashes[0].lower().encode()):
        raise ValidationError("the body is not the one that was hashed")
    return ""
