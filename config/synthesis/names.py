"""Invented names; none belongs to anybody, and subjects carry a mark that says so."""

from functools import cache

from pypinyin import Style, lazy_pinyin


def _pool(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SURNAMES = _pool(
    "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 "
    "程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜"
)
GIVEN = _pool(
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 文博 雨欣 子轩 建国 志强 "
    "晓东 春梅 海燕 立新 国庆 玉兰 德胜 佳音 思远 长青 松林 雪峰 江月 北辰 安然 嘉禾 振华 永昌"
)
FIRST = _pool(
    "松江 雾凇 北山 江畔 龙潭山 朱雀 长白 白桦 晨光 金穗 银杏 瑞雪 丰年 和顺 同心 百川 远航 "
    "启明 宏图 盛世 福临 康源 永泰 鑫达 恒远 聚贤 万隆 天成 嘉信 东升 星河 春晖 吉庆 兴旺"
)
SECOND = _pool("隆 达 源 泰 祥 顺 和 丰 茂 荣 昌 盛 诚 信 美 佳 华 光 新 宇 博 腾 飞 创")
TRADES = (
    ("超市", "F5212"), ("食品", "C1499"), ("餐饮", "H6210"), ("药房", "F5251"),
    ("化工", "C2669"), ("机械", "C3429"), ("建材", "F5165"), ("物流", "G5430"),
    ("汽修", "O8111"), ("宾馆", "H6120"), ("文化传媒", "R8710"), ("科技", "I6510"),
    ("商贸", "F5199"), ("建筑工程", "E4710"), ("物业", "K7020"), ("种业", "A0511"),
)  # fmt: skip
FORMS = {
    "enterprise": "有限公司",
    "self_employed": "经营部",
    "cooperative": "专业合作社",
    "institution": "服务中心",
    "social": "协会",
    "place": "场所",
    "individual": "",
}
STREETS = _pool("解放 松江 重庆 北京 天津 南京 遵义 吉林 桃源 光华 长春 珲春 越山 滨江 厦门 深圳")


def person(number: int) -> str:
    """The name of invented person `number`; neighbours differ, and names repeat as in life."""
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 31 // 7 % len(GIVEN)]


@cache
def pinyin(part: str) -> tuple[str, str]:
    """A part of a name in pinyin: whole, and initials."""
    return "".join(lazy_pinyin(part)), "".join(lazy_pinyin(part, style=Style.FIRST_LETTER))


def search(*parts: str) -> str:
    """What a name made of `parts` is found by: its pinyin, whole and initials."""
    spelt = [pinyin(part) for part in parts]
    return f"{''.join(whole for whole, _ in spelt)} {''.join(short for _, short in spelt)}"
