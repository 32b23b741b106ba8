"""What a browser is called, as far as somebody needs it to know their own: "Firefox on Windows"."""

from typing import Final

# The more particular first: most of them claim to be several others too.
_BROWSERS: Final = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS: Final = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def browser_named(agent: str) -> str:
    """
    A name of at most 40 letters, empty where the text names nothing that is known.

    agent: the User-Agent header, from outside and as long as anybody likes.
    """
    text = agent[:500]
    browser = next((name for mark, name in _BROWSERS.items() if mark in text), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in text), "")
    return f"{browser} on {system}" if browser and system else browser or system
