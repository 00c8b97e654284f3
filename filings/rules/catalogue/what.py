"""What may be inspected, and at whom (domain C2)."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import EXEMPT, HARD, OFF, RANKS, REASON, Entry

ENTRIES = (
    Entry("no_item", "R-ITM-1", HARD, _("At least one item is named"), "国办发〔2024〕54号"),
    Entry(
        "item_not_published",
        "R-ITM-1",
        HARD,
        _("Each item is published and in force on every planned day"),
        "国办发〔2024〕54号：未公布的检查事项不得实施",
    ),
    Entry(
        "no_lawful_basis",
        "R-ITM-2",
        HARD,
        _("Each item has a legal basis of allowed rank in force"),
        "国办发〔2024〕54号：规范性文件不得设定检查",
        {"ranks": RANKS},
    ),
    Entry(
        "item_not_claimed",
        "R-ITM-5",
        HARD,
        _("The agency has claimed each item for the planned days"),
        "检查事项认领制度",
    ),
    Entry(
        "item_not_for_this_kind",
        "E4",
        HARD,
        _("Each item applies to this kind of subject"),
        "检查事项清单：检查对象",
    ),
    Entry(
        "off_site_possible",
        "R-OFFS-1",
        REASON,
        _("What can be inspected off site is not entered for without need"),
        "国办发〔2024〕54号：能够通过书面核查、信息共享、智慧监管等方式的不入企",
    ),
    Entry(
        "permit_without_provision",
        "R-ITM-7",
        REASON,
        _("Entry before a permit rests on a provision of its own"),
        "国办发〔2024〕54号：不得以入企检查作为许可前置条件",
    ),
    Entry(
        "subject_whitelisted",
        "F23",
        REASON,
        _("Who is on the list of those not to be disturbed is visited only with a reason"),
        "莱州：低风险企业白名单，入企须双重审核",
        {"exempt_triggers": EXEMPT},
    ),
    Entry(
        "second_review_missing",
        "F23",
        OFF,
        _("The justice bureau agrees before a visit to one not to be disturbed is approved"),
        "莱州：低风险企业白名单，本单位法制机构、司法局双重审核；吉林未规定，默认不启用",
        {"exempt_triggers": EXEMPT},
    ),
    Entry(
        "subject_gone",
        "R-FUP-3",
        HARD,
        _("The subject has not been deregistered or moved away"),
        "特种设备安全监督检查办法",
    ),
)
