"""Where a browser stands, in words a person recognizes: “Firefox on Windows”, “203.0.113.0”. Pure."""

from __future__ import annotations

import ipaddress

# The order matters: every browser claims to be several others, the last word being the honest one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def family(user_agent: str) -> str:
    """“Chrome on Windows”; “” when the text names neither browser nor system."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if browser and system else browser or system


def network(address: str) -> str:
    """The address with its last part cut off (/24, or /48 for IPv6); “” for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    prefix = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False).network_address)
