"""Links in what somebody else wrote: one is opened only when it is a web address, and after asking."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.dialogs.messages import Messages
from ui.widgets.markdown import MarkdownPage


def ask_before_opening(page: MarkdownPage, parent: QWidget) -> None:
    """From now on a click on a link of ``page`` asks over ``parent`` whether to open it."""
    messages = Messages(parent)

    def ask(link: QUrl) -> None:
        if is_web(link):
            ask_to_open(link, messages)

    page.anchorClicked.connect(ask)


def is_web(link: QUrl) -> bool:
    """Whether it names a host on the web; nothing else is ever opened."""
    return link.isValid() and link.scheme() in ("http", "https") and bool(link.host())


def ask_to_open(link: QUrl, messages: Messages) -> None:
    """Ask whether to open a web address, which is shown whole and so that a host of strange letters shows as such."""
    address = link.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    messages.ask(f"Open this address in the web browser?\n{address}", "Open", lambda: _open(link))


def _open(link: QUrl) -> None:
    QDesktopServices.openUrl(link)
