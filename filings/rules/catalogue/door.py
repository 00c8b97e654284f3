"""What is odd about a visit (domain I8, R-SIT-2): an alert each, never a block."""

from django.utils.translation import gettext_lazy as _

from filings.rules.catalogue.entry import HARD, WARN, Asked, Entry

ENTRIES = (
    Entry(
        "notice_not_served",
        "R-NOT-1",
        HARD,
        _("The subject got the notice before a result is recorded"),
        "司法部行政检查文书：凡检查必通知",
        {},
        Asked.RESULT,
    ),
    Entry(
        "far_from_address",
        "I8",
        WARN,
        _("Officers check in at the address of the subject"),
        "江门：亮码入企自动记录位置；距离为系统默认（可配置）",
        {"metres": 500},
        Asked.DOOR,
    ),
    Entry(
        "arrival_not_scanned",
        "R-SIT-1",
        WARN,
        _("On arrival a code is scanned or shown"),
        "四平：亮证、扫码入企；深圳：不扫码属违规情形",
        {},
        Asked.DOOR,
    ),
    Entry(
        "two_places_at_once",
        "I8",
        WARN,
        _("An officer is at one place at a time"),
        "深圳：虚假扫码属违规情形；时距为系统默认（可配置）",
        {"minutes": 10, "metres": 300},
        Asked.DOOR,
    ),
    Entry(
        "visit_too_short",
        "I8",
        WARN,
        _("A visit is not over within minutes"),
        "系统默认（可配置）",
        {"minutes": 5},
        Asked.DOOR,
    ),
    Entry(
        "device_clock_off",
        "R-SIT-2",
        WARN,
        _("The clock of the device agrees with the server"),
        "系统默认（可配置）",
        {"minutes": 5},
        Asked.DOOR,
    ),
    Entry(
        "arrival_not_signed",
        "R-SIT-2",
        WARN,
        _("An arrival noted without a connection is signed by the device"),
        "深圳：网络、系统故障的，十日内补录并说明原因；签名为系统默认",
        {},
        Asked.DOOR,
    ),
    Entry(
        "arrival_before_permitted",
        "R-APP-1",
        WARN,
        _("Nobody arrives before the approval and the window"),
        "国办发〔2024〕54号：事先报批",
        {},
        Asked.DOOR,
    ),
)
