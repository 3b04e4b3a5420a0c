"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

LONGEST_PAUSE = 300.0  # seconds between two requests; a site that asks for more is not collected


@dataclass(frozen=True)
class Rules:
    """The rules of one site.

    Attributes
    ----------
    parsed : Protego or None
        None if the site has no robots.txt, so that everything is allowed.
    agent : str
        Name of the tool in the rules.
    closed : str
        Why nothing may be fetched for now (robots.txt cannot be read); empty if that is not so.
    """

    parsed: Protego | None
    agent: str
    closed: str = ""

    def why_not(self, url: str) -> str:
        """Return why an address may not be fetched; empty if it may."""
        if self.closed:
            return self.closed
        if self.parsed is not None and not self.parsed.can_fetch(url, self.agent):
            return "robots.txt of the site does not allow it"
        if self.pause > LONGEST_PAUSE:
            return f"robots.txt asks for a pause of {self.pause:,.0f} seconds between requests"
        return ""

    @property
    def pause(self) -> float:
        """Seconds between two requests that the site asks for."""
        delay = self.parsed.crawl_delay(self.agent) if self.parsed is not None else None
        return max(0.0, float(delay or 0))


def rules_from(status: int, text: str, agent: str) -> Rules:
    r"""Return the rules that the answer to a request for robots.txt makes.

    Parameters
    ----------
    status : int
        HTTP status of the answer. A missing file (4xx) allows everything; a broken server (5xx), nothing.
    text : str
        The file.
    agent : str
        Name of the tool in the rules.

    Returns
    -------
    Rules

    Examples
    --------
    >>> rules_from(200, "User-agent: *\nDisallow: /private", "framing").why_not("https://a.example/private/1")
    'robots.txt of the site does not allow it'
    """
    from protego import Protego

    if status == 200:
        return Rules(Protego.parse(text), agent)
    if 400 <= status < 500:
        return Rules(None, agent)
    return Rules(None, agent, f"robots.txt of the site cannot be read (status {status}); try again later")
