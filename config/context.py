"""What the frame of every page shows: where one may go, as whom, and in which light."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from config.appearance import chosen
from config.rooms import ROOMS, opens, sheltering


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation, as the reader sees it."""

    url: str
    label: str
    icon: str
    here: bool


def frame(request):
    """The navigation the caller's roles open, the roles themselves, and the demo notice."""
    shown = {"demo": settings.DEMO, "appearance": chosen(request)}
    authority = getattr(request, "authority", None)
    if authority is None:
        return shown
    return shown | {"doors": doors(request, authority), "held": authority.appointments}


def doors(request, authority) -> list[Door]:
    """Which rooms the holder of `authority` may enter, in the order of daily use."""
    match = request.resolver_match
    here = sheltering(match.view_name) if match else ""
    return [
        Door(reverse(room.view), str(room.label), room.icon, room.view == here)
        for room in ROOMS
        if opens(room, authority)
    ]
