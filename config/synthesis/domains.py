"""The fields of administration whose bodies inspect, busiest first, with what they look at.

`reach` says how far down the body exists: 1 the city alone, 2 its counties too, 3 the zones too.
A body `of` another is entrusted by it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    body: str
    field: str
    reach: int
    objects: tuple[str, ...]
    line: str = "local"
    kind: str = "organ"
    of: str = ""


def _domain(code, body, field, reach, objects, **more) -> Domain:
    return Domain(code, body, field, reach, tuple(objects.split()), **more)


DOMAINS = (
    _domain("SCJG", "市场监督管理局", "市场监管", 3, "食品经营 药品零售 特种设备 计量器具"),
    _domain("YJGL", "应急管理局", "应急管理", 3, "危险化学品 非煤矿山 烟花爆竹 工贸企业"),
    _domain("STHJ", "生态环境局", "生态环境", 3, "排污许可 危险废物 噪声扬尘 机动车排放"),
    _domain("CSGL", "城市管理行政执法局", "城市管理", 3, "户外广告 建筑垃圾 市容环境 燃气使用"),
    _domain("WSJK", "卫生健康局", "卫生健康", 3, "医疗机构 公共场所 饮用水供水 职业病防治"),
    _domain("ZFJS", "住房和城乡建设局", "住房建设", 3, "建筑工程 物业服务 房产中介 城镇供水"),
    _domain("RLSB", "人力资源和社会保障局", "劳动保障", 3, "用工合同 工资支付 劳务派遣 职业介绍"),
    _domain("NYNC", "农业农村局", "农业农村", 2, "农药经营 种子经营 兽药经营 畜禽屠宰"),
    _domain("JTYS", "交通运输局", "交通运输", 2, "道路客运 危货运输 机动车维修 驾驶培训"),
    _domain("XFJY", "消防救援机构", "消防", 2, "消防设施 人员密集场所 易燃易爆场所 消防产品"),
    _domain("WGLY", "文化广播电视和旅游局", "文化旅游", 2, "娱乐场所 网吧 旅行社 演出经营"),
    _domain("JYJ", "教育局", "教育", 2, "校外培训 民办学校 幼儿园 校车服务"),
    _domain("SLJ", "水利局", "水利", 2, "取水许可 河道采砂 水土保持 水利工程"),
    _domain("ZRZY", "自然资源局", "自然资源", 2, "土地利用 矿产开采 测绘成果 规划实施"),
    _domain("LYCY", "林业和草原局", "林业草原", 2, "林木采伐 木材加工 野生动物 种苗经营"),
    _domain("GAJ", "公安局", "公安", 1, "旅馆业 保安服务 剧毒化学品 印章刻制"),
    _domain("MZJ", "民政局", "民政", 1, "养老机构 社会组织 殡葬服务 地名标志"),
    _domain("SWJ", "商务局", "商务", 1, "成品油零售 单用途卡 拍卖经营 二手车市场"),
    _domain("FGW", "发展和改革委员会", "发展改革", 1, "节能监察 项目核准 招标投标 电力设施"),
    _domain("GXJ", "工业和信息化局", "工业信息", 1, "民爆物品 工业节能 监控化学品 盐业经营"),
    _domain("CZJ", "财政局", "财政", 1, "代理记账 会计信息 政府采购 资产评估"),
    _domain("TJJ", "统计局", "统计", 1, "统计台账 数据质量 涉外调查 统计报表"),
    _domain("YBJ", "医疗保障局", "医疗保障", 1, "定点医院 定点药店 医保基金 药品集采"),
    _domain("LCJ", "粮食和物资储备局", "粮食储备", 1, "粮食收购 政策性粮 储备物资 仓储设施"),
    _domain("SFJ", "司法局", "司法行政", 1, "律师事务所 公证机构 司法鉴定 法律服务所"),
    _domain("TYJ", "体育局", "体育", 1, "游泳场所 滑雪场所 健身场所 体育彩票"),
    _domain("DAJ", "档案局", "档案", 1, "档案保管 档案服务 归档移交 电子档案"),
    _domain("MZW", "民族宗教事务局", "民族宗教", 1, "清真食品 宗教场所 宗教活动 民族成分"),
    _domain("RFB", "人民防空办公室", "人民防空", 1, "人防工程 防空警报 平时使用 防护设备"),
    _domain("XWJ", "新闻出版局", "新闻出版", 1, "印刷经营 出版物零售 电影放映 著作权"),
    _domain("JRJ", "地方金融管理局", "地方金融", 1, "小额贷款 融资担保 典当经营 商业保理"),
    _domain("WDJ", "无线电管理局", "无线电", 1, "无线电台站 发射设备 频率使用 电磁环境"),
    _domain(
        "YCJ", "烟草专卖局", "烟草专卖", 1, "卷烟零售 烟叶收购 专卖许可 运输准运",
        line="central",
    ),
    _domain("SWS", "税务局", "税务", 1, "发票使用 税务登记 出口退税 社保缴费", line="central"),
    _domain("YZJ", "邮政管理局", "邮政", 1, "快递经营 寄递安全 邮政网点 集邮市场", line="central"),
    _domain("QXJ", "气象局", "气象", 1, "防雷装置 气象设施 气球施放 气象服务", line="central"),
    _domain(
        "YJJ", "药品监督检查分局", "药品监管", 1, "药品批发 药品生产 医疗器械 化妆品",
        line="provincial",
    ),
    _domain(
        "GJJ", "住房公积金管理中心", "公积金", 1, "缴存登记 账户设立 提取审核 缴存比例",
        kind="authorised",
    ),
    _domain(
        "ZJZ", "建设工程质量监督站", "工程质量", 1, "工程实体 检测机构 预拌混凝土 竣工验收",
        kind="entrusted", of="ZFJS",
    ),
    _domain(
        "WJS", "卫生监督所", "卫生监督", 1, "消毒产品 餐具消毒 学校卫生 放射诊疗",
        kind="entrusted", of="WSJK",
    ),
)  # fmt: skip

ASPECTS = (
    "综合检查",
    "许可条件检查",
    "安全管理检查",
    "人员资质检查",
    "台账记录检查",
    "设施设备检查",
    "标识公示检查",
    "经营行为检查",
    "制度落实检查",
    "应急预案检查",
    "质量抽查",
    "价格公示检查",
    "合同履行检查",
    "从业培训检查",
    "日常巡查",
    "专项整治检查",
    "整改情况核查",
    "信息报送检查",
    "场所环境检查",
    "储存运输检查",
    "广告宣传检查",
    "消费投诉核查",
    "资金管理检查",
    "年度报告检查",
)
