"""The figures of a year beside the best single SQL statement we could write for them."""

import resource
import time

from benchmarks import scratch
from benchmarks.report import Result, middle

STATEMENT = """
WITH here AS MATERIALIZED (
  SELECT a.id, a.code, r.code AS region FROM agencies_agency a
  JOIN agencies_region r ON r.id = a.region_id WHERE r.path LIKE '220000/220200/%%'
), told AS NOT MATERIALIZED (
  SELECT f.id, f.agency_id, f.subject_id, f.visit_id, f.check_type, f.trigger, f.method,
    extract(month FROM f.dated_at AT TIME ZONE 'Asia/Shanghai')::int AS month,
    coalesce(nullif(left(s.industry, 1), ''), 'none') AS industry,
    coalesce(r.outcome, 'none') AS outcome, r.follow_up, r.id IS NOT NULL AS has_result,
    r.published_on IS NOT NULL AS published, f.status = 'closed' AS closed,
    v.arrived_at IS NOT NULL AS arrived, v.joint, v.code_shown,
    v.scan_of IN ('filing', 'subject') AS scanned,
    CASE WHEN f.origin <> 'native' THEN 'imported'
         WHEN f.status IN ('withdrawn', 'voided') THEN f.status
         WHEN f.number IS NULL THEN 'unnumbered'
         WHEN f.status IN ('expired', 'refused', 'terminated') THEN f.status
         WHEN r.id IS NULL AND f.status = 'approved' THEN 'waiting'
         WHEN r.id IS NULL THEN 'unrecorded' WHEN NOT r.complete_record THEN 'incomplete'
         WHEN r.enforcement_followed THEN 'enforced' ELSE 'statutory' END AS standing,
    CASE WHEN f.emergency AND f.unlocked_at IS NOT NULL THEN 'late'
         WHEN coalesce(f.back_filed_at, f.submitted_at) <= v.left_at AND v.arrived_at IS NOT NULL
           AND (f.emergency OR NOT coalesce(f.submitted_at < v.arrived_at, false)) THEN 'on_site'
         WHEN f.emergency AND f.number IS NULL THEN 'open' WHEN f.emergency THEN 'after'
         WHEN v.arrived_at IS NULL OR f.submitted_at < v.arrived_at THEN 'before'
         ELSE 'after' END AS timing
  FROM filings_filing f JOIN here ON here.id = f.agency_id
  JOIN filings_subject s ON s.id = f.subject_id
  LEFT JOIN filings_result r ON r.filing_id = f.id
  LEFT JOIN filings_visit v ON v.id = f.visit_id
  WHERE f.dated_at >= %(start)s AND f.dated_at < %(end)s
), own AS MATERIALIZED (
  SELECT *, standing = 'statutory' AS statutory, has_result AND due AS resulted,
    CASE WHEN has_result AND due THEN outcome END AS found
  FROM (SELECT *, standing NOT IN ('expired', 'refused', 'terminated') AS due FROM told
    WHERE standing NOT IN ('imported', 'withdrawn', 'voided', 'unnumbered')) t
), sets AS MATERIALIZED (
  SELECT check_type, trigger, method, month, industry, timing, standing, outcome,
    follow_up, count(*) AS n, count(*) FILTER (WHERE statutory) AS statutory,
    count(*) FILTER (WHERE resulted) AS resulted,
    count(*) FILTER (WHERE resulted AND published AND closed) AS finished,
    grouping(check_type, trigger, method, month, industry, timing, standing, outcome, follow_up)
      AS kind
  FROM own GROUP BY GROUPING SETS ((check_type), (trigger), (method), (month), (industry),
    (timing), (standing), (outcome), (follow_up))
), sheet AS MATERIALIZED (
  SELECT agency_id, count(*) AS n, count(*) FILTER (WHERE statutory) AS statutory,
    count(*) FILTER (WHERE due) AS due, count(*) FILTER (WHERE due AND NOT has_result) AS to_enter,
    count(*) FILTER (WHERE resulted AND NOT published) AS entering,
    count(*) FILTER (WHERE resulted AND published) AS published,
    count(*) FILTER (WHERE resulted AND published AND closed) AS finished,
    {found}
  FROM own GROUP BY agency_id
), items AS MATERIALIZED (
  SELECT o.id, o.statutory, i.code FROM own o JOIN filings_filingitem l ON l.filing_id = o.id
  JOIN agencies_itemversion v ON v.id = l.item_version_id
  JOIN agencies_inspectionitem i ON i.id = v.item_id
), firsts AS MATERIALIZED (
  SELECT code, count(*) AS n, count(*) FILTER (WHERE statutory) AS statutory FROM (
    SELECT min(i.code) AS code, bool_or(o.statutory) AS statutory FROM own o
    LEFT JOIN items i ON i.id = o.id GROUP BY o.id) f GROUP BY code
), times AS MATERIALIZED (
  SELECT least(n, 5) AS times, sum(n)::bigint AS n, count(*) AS pairs FROM (
    SELECT count(*) AS n FROM own GROUP BY agency_id, subject_id) p GROUP BY 1
), visits AS MATERIALIZED (
  SELECT count(*) AS n, count(*) FILTER (WHERE joint) AS joint,
    count(*) FILTER (WHERE code_shown) AS code_shown, count(*) FILTER (WHERE scanned) AS scanned
  FROM (SELECT bool_or(joint) AS joint, bool_or(code_shown) AS code_shown,
      bool_or(scanned) AS scanned FROM own WHERE arrived GROUP BY visit_id) v
)
{shown}
UNION ALL SELECT 'by_item.count', code, count(*) FROM items GROUP BY code
UNION ALL SELECT 'by_item.once', coalesce(code, 'none'), n FROM firsts
UNION ALL SELECT 'by_item.statutory', coalesce(code, 'none'), statutory FROM firsts
UNION ALL SELECT 'by_region.count', region, sum(n)::bigint FROM sheet
  JOIN here ON here.id = agency_id GROUP BY region
UNION ALL SELECT 'by_region.statutory', region, sum(statutory)::bigint FROM sheet
  JOIN here ON here.id = agency_id GROUP BY region
UNION ALL SELECT 'by_times.count', CASE times WHEN 5 THEN '5+' ELSE times::text END, n FROM times
UNION ALL SELECT 'by_times.pairs', CASE times WHEN 5 THEN '5+' ELSE times::text END, pairs
  FROM times
UNION ALL SELECT 'totals', 'visits', n FROM visits
UNION ALL SELECT 'totals', 'joint_visits', joint FROM visits
UNION ALL SELECT 'code_shown.numerator', '', code_shown FROM visits
UNION ALL SELECT 'scanned.numerator', '', scanned FROM visits
UNION ALL SELECT 'totals', 'visited_subjects', count(DISTINCT subject_id) FROM own WHERE arrived
UNION ALL SELECT 'reconciliation.count', standing, count(*) FROM told
  WHERE standing IN ('imported', 'withdrawn', 'voided', 'unnumbered') GROUP BY standing
UNION ALL SELECT 'by_rating.count', level::text, count(*) FROM (
  SELECT level, count(*) OVER (PARTITION BY agency_id, place / 5) AS size
  FROM (SELECT g.level, g.agency_id,
      row_number() OVER (PARTITION BY g.agency_id ORDER BY g.rated_on, g.id) - 1 AS place
    FROM filings_rating g JOIN here ON here.id = g.agency_id
    WHERE g.rated_on BETWEEN %(first)s AND %(last)s) g
  ) g WHERE size = 5 GROUP BY level
UNION ALL SELECT 'missing', 'officers_idle', count(*) FROM officers_officer o
  JOIN here ON here.id = o.agency_id
  WHERE o.joined_on <= %(last)s AND (o.left_on IS NULL OR o.left_on > %(last)s)
    AND NOT EXISTS (SELECT FROM filings_filingofficer m JOIN own ON own.id = m.filing_id
      WHERE m.officer_id = o.id)
UNION ALL SELECT 'totals', 'agencies', count(*) FROM agencies_agency a JOIN here USING (id)
  WHERE a.valid_from <= %(last)s AND (a.valid_to IS NULL OR a.valid_to > %(last)s)
UNION ALL SELECT 'totals', 'items', count(DISTINCT item_id) FROM agencies_itemversion
  WHERE valid_from <= %(last)s AND (valid_to IS NULL OR valid_to > %(last)s)
UNION ALL SELECT 'totals', 'officers', count(*) FROM officers_officer o
  JOIN here ON here.id = o.agency_id
  WHERE o.joined_on <= %(last)s AND (o.left_on IS NULL OR o.left_on > %(last)s)
"""
# Each grouping set of the statement: the table, its column, and the bit mask of `grouping`.
SETS = {
    "by_type": ("check_type", 0b011111111), "by_trigger": ("trigger", 0b101111111),
    "by_method": ("method", 0b110111111), "by_month": ("to_char(month, 'FM00')", 0b111011111),
    "by_industry": ("industry", 0b111101111), "by_timing": ("timing", 0b111110111),
    "reconciliation": ("standing", 0b111111011), "by_outcome": ("outcome", 0b111111101),
    "by_follow_up": ("follow_up", 0b111111110),
}  # fmt: skip
COLUMNS = {
    "reconciliation": {"count": "n"},
    "by_outcome": {"count": "n"},
    "by_follow_up": {"count": "resulted", "finished": "finished"},
}
BOTH = {"count": "n", "statutory": "statutory"}
STAGES = ("due", "to_enter", "entering", "published", "finished")


def statement() -> str:
    """The statement with one line for each column of each table."""
    from filings.models import Result

    found = {f"outcome_{code}": f"found = '{code}'" for code in Result.Outcome.values}
    found |= {
        f"follow_up_{code}": f"resulted AND follow_up = '{code}'" for code in Result.FollowUp.values
    }
    counts = [f"count(*) FILTER (WHERE {where}) AS {name}" for name, where in found.items()]
    shown = [
        f"SELECT '{table}.{column}' AS kind, {code} AS code, {n} AS n FROM sets WHERE kind = {mask}"
        for table, (code, mask) in SETS.items()
        for column, n in COLUMNS.get(table, BOTH).items()
    ]
    by_agency = {f"by_agency.{column}": n for column, n in BOTH.items()}
    by_agency |= {f"sheet.{name}": name for name in (*STAGES, *found)}
    shown += [
        f"SELECT '{name}', here.code, {n} FROM sheet JOIN here ON here.id = agency_id"
        for name, n in by_agency.items()
    ]
    return STATEMENT.replace("{found}", ", ".join(counts)).replace(
        "{shown}", " UNION ALL ".join(shown)
    )


# What the statement does not make: these tables, and the rates beside the counts.
TOTALS = ("agencies", "items", "officers", "visits", "joint_visits", "visited_subjects")
REST = {
    "alerts", "cases", "certificates", "sheet_by_region", "conduct", "caps", "caps_by_agency",
}  # fmt: skip


def measure(size: str, runs: int) -> list[Result]:
    """Seconds on both sides, whose figures must be equal in every turn."""
    scratch.filled(size)
    ours, theirs = [], []
    for _ in range(runs):
        found, seconds = _ours()
        ours.append(seconds)
        wanted, seconds = _theirs()
        theirs.append(seconds)
        if found != wanted:
            raise AssertionError(
                f"{len(found)} and {len(wanted)} figures: {sorted(found ^ wanted)[:9]}"
            )
    beside = "the best single hand-written SQL"
    alike = f"{len(wanted):,} figures alike in {runs} turns"
    note = f"{alike}; memory {_memory():,.0f} MB and the server's"
    sides = (middle(ours), middle(theirs))
    return [Result("compile", size, beside, "s", *sides, at_most=0.5, note=note)]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ours() -> tuple[set, float]:
    from agencies.models import Region
    from reports.compiler import compile_figures
    from reports.periods import of_year

    region = Region.objects.get(code="220200")
    started = time.perf_counter()
    found = compile_figures(of_year(scratch.YEAR), region)
    found.digest()
    seconds = time.perf_counter() - started
    return _shown(found.figures), seconds


def _shown(figures: dict) -> set:
    """The figures that the statement makes too, but those that are zero."""
    rows = {
        (f"{table}.{column}", row["code"], n)
        for table, rows in figures["tables"].items()
        if table not in REST
        for row in rows
        for column, n in row.items()
        if column not in ("code", "name") and not isinstance(n, str)
    }
    rows |= {("totals", name, figures["totals"][name]) for name in TOTALS}
    rows |= {("missing", r["code"], r["count"]) for r in figures["missing"] if "idle" in r["code"]}
    rows |= {
        (f"{row['code']}.numerator", "", row["numerator"])
        for row in figures["indicators"]
        if row["code"] in ("code_shown", "scanned")
    }
    return {row for row in rows if row[2] and row[1] != "agencies_idle"}


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
        # Compiling so long a statement to machine code takes longer than it saves.
        connection.execute("SET jit = off")
        started = time.perf_counter()
        rows = connection.execute(statement(), values).fetchall()
        return {row for row in rows if row[2]}, time.perf_counter() - started
