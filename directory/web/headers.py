"""What every answer tells browsers that Django and the content security policy do not."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

#: What no page of ours uses, so that no script that slipped in could.
_UNUSED: Final = (
    "accelerometer autoplay camera display-capture fullscreen geolocation gyroscope magnetometer"
    " microphone midi payment picture-in-picture usb xr-spatial-tracking"
).split()
PERMISSIONS_POLICY: Final = ", ".join(f"{feature}=()" for feature in _UNUSED)


class BrowserPolicyMiddleware:
    """
    No page uses a device of its viewer's, and no other site embeds what we answer.

    Source: OWASP ASVS 5.0, 3.4 and 3.5.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
