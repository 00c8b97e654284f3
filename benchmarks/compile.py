"""The figures of a year beside the best single SQL statement we could write for them."""

import time

from benchmarks import scratch
from benchmarks.report import Result, middle

STATEMENT = """
WITH here AS NOT MATERIALIZED (
  SELECT a.id, a.code, r.code AS region FROM agencies_agency a
  JOIN agencies_region r ON r.id = a.region_id WHERE r.path LIKE '220000/220200/%%'
), cells AS (
  SELECT f.agency_id, f.check_type, f.trigger,
    extract(month FROM f.dated_at AT TIME ZONE 'Asia/Shanghai')::int AS month,
    CASE WHEN f.origin <> 'native' THEN 'imported' WHEN f.status = 'withdrawn' THEN 'withdrawn'
         WHEN f.status = 'voided' THEN 'voided'
         WHEN f.number IS NULL THEN 'unnumbered' ELSE 'filings' END AS part,
    count(*) AS n
  FROM filings_filing f JOIN here ON here.id = f.agency_id
  WHERE f.dated_at >= %(start)s AND f.dated_at < %(end)s
  GROUP BY 1, 2, 3, 4, 5
), own AS (SELECT * FROM cells WHERE part = 'filings'
), by_agency AS (SELECT agency_id, sum(n)::bigint AS n FROM own GROUP BY agency_id
), counted AS NOT MATERIALIZED (
  SELECT f.id, f.visit_id FROM filings_filing f JOIN here ON here.id = f.agency_id
  WHERE f.dated_at >= %(start)s AND f.dated_at < %(end)s AND f.origin = 'native'
    AND f.number IS NOT NULL AND f.status NOT IN ('withdrawn', 'voided')
), versions AS (
  SELECT i.item_version_id, count(*) AS n FROM filings_filingitem i
  JOIN counted f ON f.id = i.filing_id GROUP BY 1
), outcomes AS (
  SELECT r.outcome, count(*) AS n FROM counted f
  LEFT JOIN filings_result r ON r.filing_id = f.id GROUP BY 1
)
SELECT 'totals' AS kind, part AS code, sum(n)::bigint AS n FROM cells GROUP BY part
UNION ALL SELECT 'by_agency', h.code, n FROM by_agency b JOIN here h ON h.id = b.agency_id
UNION ALL SELECT 'by_region', h.region, sum(n)::bigint FROM by_agency b
  JOIN here h ON h.id = b.agency_id GROUP BY h.region
UNION ALL SELECT 'by_month', to_char(month, 'FM00'), sum(n)::bigint FROM own GROUP BY month
UNION ALL SELECT 'by_type', check_type, sum(n)::bigint FROM own GROUP BY check_type
UNION ALL SELECT 'by_trigger', trigger, sum(n)::bigint FROM own GROUP BY trigger
UNION ALL SELECT 'by_item', i.code, sum(versions.n)::bigint FROM versions
  JOIN agencies_itemversion v ON v.id = versions.item_version_id
  JOIN agencies_inspectionitem i ON i.id = v.item_id GROUP BY i.code
UNION ALL SELECT 'by_outcome', coalesce(outcome, 'none'), n FROM outcomes
UNION ALL SELECT 'by_rating', level::text, count(*) FROM (
  SELECT level, count(*) OVER (PARTITION BY agency_id, place / 5) AS size
  FROM (SELECT g.level, g.agency_id,
      row_number() OVER (PARTITION BY g.agency_id ORDER BY g.rated_on, g.id) - 1 AS place
    FROM filings_rating g JOIN here ON here.id = g.agency_id
    WHERE g.rated_on BETWEEN %(first)s AND %(last)s) g
  ) g WHERE size = 5 GROUP BY level
UNION ALL SELECT 'totals', 'agencies', count(*) FROM agencies_agency a JOIN here USING (id)
  WHERE a.valid_from <= %(last)s AND (a.valid_to IS NULL OR a.valid_to > %(last)s)
UNION ALL SELECT 'totals', 'items', count(DISTINCT item_id) FROM agencies_itemversion
  WHERE valid_from <= %(last)s AND (valid_to IS NULL OR valid_to > %(last)s)
UNION ALL SELECT 'totals', 'officers', count(*) FROM officers_officer o
  JOIN here ON here.id = o.agency_id
  WHERE o.joined_on <= %(last)s AND (o.left_on IS NULL OR o.left_on > %(last)s)
"""

# The tables that the statement makes as well; the compile makes the other ones besides.
SHARED = {
    "by_agency",
    "by_region",
    "by_month",
    "by_type",
    "by_trigger",
    "by_item",
    "by_outcome",
    "by_rating",
}


def measure(size: str, runs: int) -> list[Result]:
    """Seconds on both sides."""
    scratch.filled(size)
    wanted, _ = _theirs()
    found, _ = _ours()
    if found != wanted:
        raise AssertionError(f"the figures differ: {sorted(found ^ wanted)[:10]}")
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_ours()[1])
        theirs.append(_theirs()[1])
    beside = "the best single hand-written SQL"
    note = "reads every filing and makes 16 tables; the statement makes 8"
    sides = (middle(ours), middle(theirs))
    return [Result("compile", size, beside, "s", *sides, at_most=0.5, note=note)]


def _ours() -> tuple[set, float]:
    from agencies.models import Region
    from reports.compiler import compile_figures
    from reports.periods import of_year

    region = Region.objects.get(code="220200")
    started = time.perf_counter()
    found = compile_figures(of_year(scratch.YEAR), region)
    found.digest()
    seconds = time.perf_counter() - started
    rows = {
        (table, row["code"], row["count"])
        for table, rows in found.figures["tables"].items()
        if table in SHARED
        for row in rows
        if row["count"]
    }
    kept = (
        "filings",
        "withdrawn",
        "voided",
        "unnumbered",
        "imported",
        "agencies",
        "items",
        "officers",
    )
    totals = found.figures["totals"]
    return rows | {("totals", name, totals[name]) for name in kept if totals[name]}, seconds


def _theirs() -> tuple[set, float]:
    from datetime import date

    from agencies.calendar import year_bounds

    start, end = year_bounds(scratch.YEAR)
    values = {
        "start": start,
        "end": end,
        "first": date(scratch.YEAR, 1, 1),
        "last": date(scratch.YEAR, 12, 31),
    }
    with scratch.connect() as connection:
        connection.execute("SET work_mem = '256MB'")
        started = time.perf_counter()
        rows = connection.execute(STATEMENT, values).fetchall()
        return set(rows), time.perf_counter() - started
