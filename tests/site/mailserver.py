"""A real mail server on loopback, for tests: it keeps what it is given, and can be told to refuse or to fall silent."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """What arrived, in order; what it says to a recipient or to a letter, empty for yes."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.to_recipient: Callable[[str], str] = lambda _address: ""
        self.on_letter: Callable[[EmailMessage], str] = lambda _message: ""
        self.port = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if says := self.to_recipient(address):
            return says
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        return self.on_letter(message) or "250 OK"


class _AnyPort(Controller):  # type: ignore[misc]  # the library has no types
    """Listens on a port that is free, and knows which."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve until the end of the block."""
    handler = MailServer()
    controller = _AnyPort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        handler.port = controller.port
        yield handler
    finally:
        controller.stop()
