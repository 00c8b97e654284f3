"""What is found every night rather than at a filing (domain C2 to C4).

Each is one alert per agency and year at most, so that nobody is flooded; it says how many.
"""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import WARN, Asked, Entry

ENTRIES = (
    Entry(
        "floor_missed",
        "R-FRQ-6",
        WARN,
        _("Nobody is inspected less often than a published floor asks"),
        "食品生产经营监督检查管理办法：分级年度频次，两年全覆盖",
        {},
        Asked.SWEEP,
    ),
    Entry(
        "basis_ended",
        "R-ITM-3",
        WARN,
        _("An item in use still rests on a provision in force"),
        "检查依据调整后三十日内更新清单",
        {},
        Asked.SWEEP,
    ),
    Entry(
        "items_unused",
        "R-ITM-3",
        WARN,
        _("An item that was claimed is used at least once in five years"),
        "五年未实施的检查事项取消",
        {"years": 5},
        Asked.SWEEP,
    ),
    Entry(
        "items_beyond_powers",
        "R-ITM-4",
        WARN,
        _("What an agency claims stands on the power list"),
        "检查事项清单与权责清单一致",
        {},
        Asked.SWEEP,
    ),
    Entry(
        "powers_unclaimed",
        "R-ITM-4",
        WARN,
        _("What stands on the power list is claimed by somebody"),
        "检查事项清单与权责清单一致",
        {},
        Asked.SWEEP,
    ),
)
