"""What the frame of every page shows: where one may go, as whom, and in which light."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from config.appearance import chosen
from config.rooms import ROOMS, opens, sheltering

TABS = 5


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the navigation, as the reader sees it."""

    url: str
    label: str
    icon: str
    here: bool
    folded: bool = False


def frame(request):
    """The navigation the caller's roles open, the roles themselves, and the demo notice."""
    shown = {"demo": settings.DEMO, "appearance": chosen(request)}
    authority = getattr(request, "authority", None)
    if authority is None:
        return shown
    rooms = doors(request, authority)
    folded = [one for one in rooms if one.folded]
    return shown | {
        "doors": rooms,
        "folded": folded,
        "folded_here": any(one.here for one in folded),
        "offices_held": authority.appointments,
        "lent": authority.lent,
        "glass_news": authority.has_news(),
    }


def doors(request, authority) -> list[Door]:
    """Which rooms the holder of `authority` may enter, in the order of daily use.

    A phone has place for `TABS`: where there are more, the rest is folded away behind one tab.
    """
    match = request.resolver_match
    here = sheltering(match.view_name) if match else ""
    open_to = [room for room in ROOMS if opens(room, authority)]
    shown = len(open_to) if len(open_to) <= TABS else TABS - 1
    return [
        Door(reverse(room.view), str(room.label), room.icon, room.view == here, n >= shown)
        for n, room in enumerate(open_to)
    ]
