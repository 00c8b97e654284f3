"""What is not the same in two counts of one period: figures, and filings as they are published."""

from tests.oracle.recount import _Recount


def cells(before, after):
    """Every figure that differs, by table, row and column, as it was and as it is."""
    old, new = dict(_places(before)), dict(_places(after))
    return [
        {"figure": list(place), "before": old.get(place), "after": new.get(place)}
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    ]


def _places(figures):
    for name, value in figures["totals"].items():
        yield ("totals", name, "count"), value
    lists = figures["tables"] | {name: figures[name] for name in ("indicators", "missing")}
    for table, rows in lists.items():
        for row in rows:
            for column in row.keys() - {"code", "name"}:
                yield (table, row["code"], column), row[column]


def lines(rows, region_code, first, last):
    """What is published of each filing counted, by its number."""
    held = _Recount(rows, region_code, first, last)
    return {
        case.filing["number"]: {
            "number": case.filing["number"],
            "agency": held.agencies[case.filing["agency_id"]]["code"],
            "month": held._month_of(case),
            "standing": case.standing,
            "trigger": case.filing["trigger"],
            "type": case.filing["check_type"],
        }
        for case in held.counted
    }


def moved(before, after):
    """How the published filings of a version became those of the next, by number."""
    found = {}
    for number in before.keys() | after.keys():
        if number not in after:
            found[number] = {"change": "left_out", "number": number}
        elif before.get(number) != after[number]:
            word = "amended" if number in before else "added"
            found[number] = {"change": word} | after[number]
    return found
