"""Who may inspect (domain C1)."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import HARD, REASON, WARN, Entry

ENTRIES = (
    Entry(
        "agency_not_qualified",
        "R-ORG-1",
        HARD,
        _("The agency's qualification is confirmed for every planned day"),
        "行政执法主体资格确认公告制度",
    ),
    Entry(
        "township_without_county",
        "R-ORG-4",
        HARD,
        _("A township's agency stands under the county that confirms its qualification"),
        "乡镇街道执法主体资格由县级确认公告",
    ),
    Entry(
        "item_not_of_principal",
        "R-ORG-3",
        HARD,
        _("An entrusted body inspects only what its principal may inspect"),
        "行政处罚法第二十条",
    ),
    Entry(
        "outside_entrustment",
        "R-ORG-3",
        HARD,
        _("A published letter entrusts the body with each item on every planned day"),
        "行政处罚法第二十条：委托书应当公布",
    ),
    Entry(
        "level_not_assigned",
        "R-ORG-5",
        REASON,
        _("An agency above the item's level leaves it to that level"),
        "国办发〔2024〕54号：明确各层级检查权",
    ),
    Entry(
        "too_few_officers",
        "R-OFF-1",
        HARD,
        _("At least two enforcement officers take part"),
        "行政处罚法第四十二条；食品安全法配套办法",
        {"officers": 2},
    ),
    Entry(
        "officer_of_another_agency",
        "R-OFF-1",
        HARD,
        _("The officers belong to the filing agency"),
        "行政处罚法第四十二条",
    ),
    Entry(
        "officer_not_in_service",
        "R-OFF-1",
        HARD,
        _("The officers are in service on every planned day"),
        "行政处罚法第四十二条",
    ),
    Entry(
        "certificate_not_valid",
        "R-OFF-2",
        HARD,
        _("A certificate of each officer is valid on every planned day"),
        "行政处罚法第四十二条、第五十五条",
    ),
    Entry(
        "certificate_expiring",
        "R-OFF-2",
        WARN,
        _("The certificate does not expire soon after the visit"),
        "执法证件管理：到期前换证",
        {"days": 30},
    ),
    Entry(
        "annual_check_overdue",
        "R-OFF-3",
        WARN,
        _("The certificate passed its annual check within the year"),
        "2016年执法证件管理办法：年度审验",
        {"days": 366},
    ),
    Entry(
        "auxiliary_as_officer",
        "R-OFF-4",
        HARD,
        _("Auxiliaries are counted as assistants, not named as officers"),
        "国办发〔2024〕54号：严禁聘用人员执法",
    ),
    Entry(
        "officer_barred",
        "R-OFF-5",
        HARD,
        _("No officer is barred from enforcement"),
        "执法证件管理办法：出借、涂改证件二年内不得申领",
    ),
    Entry(
        "officer_in_conflict",
        "R-OFF-6",
        HARD,
        _("No officer has declared a conflict with the subject"),
        "行政处罚法第四十三条",
    ),
    Entry(
        "recusal_open",
        "R-OFF-6",
        WARN,
        _("A request to recuse an officer is decided before the visit"),
        "行政处罚法第四十三条：决定作出之前，不停止调查",
    ),
)
