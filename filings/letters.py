"""Short letters to enterprises, sent beside the request so that its time tells nothing.

E-mail goes by EMAIL_URL, a text message by SMS_GATEWAY, which is off unless it is set: an address
that takes a POST of JSON with `to` and `text`.  A letter that cannot be sent is logged and lost;
who waited for it asks again.
"""

import json
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.mail import send_mail

log = structlog.get_logger("jianbei.letters")
SECONDS = 10
_desk = ThreadPoolExecutor(2, thread_name_prefix="letters")
_waiting: set[Future] = set()


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, about what, in which words."""

    to: str
    subject: str
    text: str


def post(letter: Letter) -> None:
    """Send the letter, by e-mail or as a text message, as soon as it can be."""
    way: Callable[[Letter], None] = _mail if "@" in letter.to else _text
    sent = _desk.submit(_quietly, way, letter)
    _waiting.add(sent)
    sent.add_done_callback(_waiting.discard)


def reaches_phones() -> bool:
    """Whether text messages can be sent at all."""
    return bool(settings.SMS_GATEWAY)


def settle() -> None:
    """Wait until everything posted so far is sent or lost."""
    wait(set(_waiting), SECONDS)


def _quietly(way: Callable[[Letter], None], letter: Letter) -> None:
    try:
        way(letter)
    except Exception as error:  # noqa: BLE001 - whatever a mail server does must not end the desk
        log.error("letter.not_sent", error=type(error).__name__)


def _mail(letter: Letter) -> None:
    send_mail(letter.subject, letter.text, None, [letter.to])


def _text(letter: Letter) -> None:
    if not reaches_phones():
        return
    said = json.dumps({"to": letter.to, "text": letter.text}, ensure_ascii=False).encode()
    asked = urllib.request.Request(  # noqa: S310 - the operator's own address
        settings.SMS_GATEWAY, said, {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(asked, timeout=SECONDS).close()  # noqa: S310
