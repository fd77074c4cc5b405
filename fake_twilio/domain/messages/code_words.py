"""How languages speak of a one-time code, as data.

What a code is called, how a sentence gets from its name to it (``code is 4821``), and how from it to its name (``4821
is your code``). Words and signs are parts of regular expressions; case does not count.
"""

from typing import NamedTuple


class Speech(NamedTuple):
    """The words of one language, or of several that share them."""

    names: str  # what a code is called
    verbs: str = ""  # between a name and a code, in either direction
    owners: str = ""  # between such a verb and the name
    is_spaced: bool = True  # whether words have ends that a regular expression sees


SPEECHES = (
    Speech(
        r"(?:pass|pin)?codes?|pins?|otps?|passwords?|tokens?|2fa|verification", "is|are|was|as", "your|my|our|the|a"
    ),
    Speech(r"\w*codes?|\w*tan|pin|passwort|kennwort", "ist|sind|lautet|lauten|als", "dein|deine|ihr|ihre|der|die"),
    Speech(r"\w*codes?|pin|wachtwoord", "is|zijn|als", "je|jouw|uw|de"),
    Speech(r"codes?|mot de passe", "est|sont|comme", "ton|votre|le"),
    Speech(r"c[oó]digos?|clave|contraseña|senha|pin", "es|son|é|são|como", "tu|su|seu|el|la|o|a"),
    Speech(r"codic[ei]|pin|password", "è|sono|come", "il|la|i"),
    Speech(r"cod|codul", "este|e", ""),
    Speech(r"kod|kodu|kodem|kody|hasło", "to|jest", "twój|twoje"),
    Speech(r"\w*kod|\w*koden|\w*kode|\w*kodi", "är|er", "din|dit"),
    Speech(r"\w*koodi\w{0,3}", "on"),
    Speech(r"\w*kód\w{0,4}", "je|az", "váš|az"),
    Speech(r"\w*kod\w{2,6}|\w*şifre\w{0,6}"),
    Speech(r"код\w{0,2}|пароль", "это|є", "ваш|твой"),
    Speech(r"κωδικ\w+", "είναι", "ο"),
    Speech(r"kode|sandi", "adalah|ialah"),
    Speech(r"mã", "là"),
    Speech(r"(?:ال)?رمز\w{0,3}|(?:ال)?كود", "هو"),
    Speech(r"ה?קוד\w{0,2}", "הוא"),
    Speech(r"कोड|ओटीपी", "है", is_spaced=False),
    Speech(r"รหัส", "คือ", is_spaced=False),
    Speech(r"验证码|驗證碼|校验码|动态码|動態碼|確認碼|密码|密碼", "是|为|為", is_spaced=False),
    Speech(r"コード|暗証番号|認証番号|確認番号|パスワード", "は", is_spaced=False),
    Speech(r"인증 ?번호|코드|비밀번호", "는|은", is_spaced=False),
)
# What is called a code and is none for its reader, by the word before it.
OTHER_CODES = (
    r"zip|post|postal|area|country|dial|dialling|dialing|error|status|source|sort|bar|qr|product|item|tax|dress|swift|"
    r"bank|http|fout|fehler"
)
# How somebody is asked to bring a code along, and what for.
ASKS = (
    r"use|enter|type|input|submit|provide|reply with|gib|nutze|nutzen sie|verwende|verwenden sie|utilise|utilisez|"
    r"entrez|saisissez|usa|utiliza|ingresa|introduce|digite|insira|inserisci"
)
TO_DO = r"to|for|as|zum|zur|um|für|als|pour|comme|para|como|per|come"
DOES = (
    r"v[eé]rif|log ?in|logg?ing|sign|confirm|authenti|activat|access|reset|recover|überprüf|bestätig|anmeld|connect|"
    r"connex|inici|acced|entrar|conferm"
)
# What is counted or paid, and so no code.
UNITS = (
    r"digits?|characters?|letters?|seconds?|minutes?|hours?|days?|times|points?|people|customers|"
    r"eur|usd|gbp|inr|euros?|dollars?"
)

# Signs that may stand between words: those that lead to what follows, those that end a sentence, and all others.
LEADS = ":：=→"
STOPS = "!?;。！？；"
STOP = r"(?:[.!?;](?=\s|$)|[。！？；])"
SIGNS = r"[\s:：=#>→\-–—\"'“”„«»‘’()（）\[\]【】「」*]*+"
APOSTROPHES = "'’"
