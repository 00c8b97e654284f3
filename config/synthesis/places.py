"""Where the synthetic year happens: the divisions of Jilin City (domain E1)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its code, name, kind, parent's code, centre, and share of the subjects."""

    code: str
    name: str
    kind: str
    parent: str
    north: float
    east: float
    share: float


PLACES = (
    Place("220000", "吉林省", "province", "", 43.90, 125.33, 0),
    Place("220200", "吉林市", "prefecture", "220000", 43.84, 126.55, 0),
    Place("220202", "昌邑区", "county", "220200", 43.88, 126.57, 0.18),
    Place("220203", "龙潭区", "county", "220200", 43.91, 126.56, 0.12),
    Place("220204", "船营区", "county", "220200", 43.83, 126.54, 0.17),
    Place("220211", "丰满区", "county", "220200", 43.82, 126.56, 0.09),
    Place("220221", "永吉县", "county", "220200", 43.67, 126.50, 0.07),
    Place("220281", "蛟河市", "county", "220200", 43.72, 127.34, 0.08),
    Place("220282", "桦甸市", "county", "220200", 42.97, 126.75, 0.08),
    Place("220283", "舒兰市", "county", "220200", 44.41, 126.97, 0.08),
    Place("220284", "磐石市", "county", "220200", 42.95, 126.06, 0.08),
    Place("220271", "吉林经济开发区", "zone", "220200", 44.00, 126.45, 0.02),
    Place("220272", "吉林高新技术产业开发区", "zone", "220200", 43.79, 126.53, 0.02),
    Place("220273", "吉林中国新加坡食品区", "zone", "220200", 43.95, 126.20, 0.01),
)
PROVINCE, CITY = PLACES[:2]
LEAVES = PLACES[2:]


def path(place: Place) -> str:
    """The chain of codes from the province down, each closed by a slash."""
    by_code = {each.code: each for each in PLACES}
    above = by_code.get(place.parent)
    return f"{path(above) if above else ''}{place.code}/"
