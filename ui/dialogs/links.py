"""Links in what somebody else wrote: one is opened only when it is a web address, and after asking."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.dialogs.messages import Notices
from ui.widgets.markdown import MarkdownPage


def ask_before_opening(page: MarkdownPage, parent: QWidget) -> None:
    """From now on a click on a link of ``page`` asks over ``parent`` whether to open it."""
    notice = Notices(parent)

    def ask(link: QUrl) -> None:
        if link.scheme() in ("http", "https") and link.host():
            address = link.toString(QUrl.ComponentFormattingOption.FullyEncoded)
            notice.ask(f"Open {address} in the web browser?", "Open", lambda: _open(link))

    page.anchorClicked.connect(ask)


def _open(link: QUrl) -> None:
    QDesktopServices.openUrl(link)
