"""What is counted: the units of the field, their dimension and their size.

Only units of one dimension can be compared. 人 and 人次, % and 百分点, 天 and 工作日, 月 and 天
look alike and are not: a person may come twice, five points are not five per cent, a month has
no fixed number of days. Sizes are exact fractions.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from jixiao.foundation.quantity import ValueKind

LARGEST_EXPONENT = 1000


class Unit(Struct, frozen=True, gc=False):
    """A dimension and the size of this unit in the dimension's base unit."""

    dimension: str
    size: Fraction


# dimension: "name size name size …"; the same size twice means two spellings of one unit.
_MEASURED = {
    "money": "元 1 圆 1 元人民币 1 人民币元 1 角 1/10 千元 1000 万元 10000 "
    "万 10000 十万元 100000 百万元 1000000 千万元 10000000 亿元 100000000 亿 100000000",
    "percent": "% 1 ‰ 1/10 ‱ 1/100 百分比 1 千分比 1/10 pct 1",
    "percentage point": "百分点 1 个百分点 1 pp 1 千分点 1/10 个千分点 1/10",
    "months": "月 1 个月 1 季度 3 个季度 3 季 3 半年 6 年 12 周年 12 年度 12",
    "hours": "小时 1 个小时 1 h 1 分钟 1/60 min 1/60 秒 1/3600 秒钟 1/3600 天 24 日 24 昼夜 24 "
    "自然日 24 个自然日 24 日历天 24 周 168 星期 168 个星期 168 ms 1/3600000 毫秒 1/3600000",
    "working days": "工作日 1 个工作日 1 工作天 1",
    "lessons": "学时 1 课时 1 个学时 1 个课时 1 节 1 节课 1",
    "terms": "学期 1 个学期 1 学年 2",
    "length": "米 1 m 1 延米 1 延长米 1 公里 1000 千米 1000 km 1000 KM 1000 Km 1000 里 500 "
    "华里 500 厘米 1/100 cm 1/100 毫米 1/1000 mm 1/1000 分米 1/10 车道公里 1000",
    "area": "平方米 1 ㎡ 1 m² 1 m2 1 平米 1 平方 1 亩 2000/3 公顷 10000 ha 10000 顷 200000/3 "
    "平方公里 1000000 平方千米 1000000 km² 1000000 km2 1000000 k㎡ 1000000 ㎢ 1000000 "
    "平方厘米 1/10000",
    "volume": "立方米 1 m³ 1 m3 1 ㎥ 1 方 1 立方 1 升 1/1000 L 1/1000 l 1/1000 毫升 1/1000000 "
    "ml 1/1000000 mL 1/1000000",
    "mass": "公斤 1 千克 1 kg 1 KG 1 Kg 1 ㎏ 1 斤 1/2 市斤 1/2 克 1/1000 g 1/1000 毫克 1/1000000 "
    "mg 1/1000000 吨 1000 t 1000 公吨 1000 微克 1/1000000000 μg 1/1000000000 µg 1/1000000000",
    "energy": "千瓦时 1 kWh 1 kwh 1 KWH 1 千瓦小时 1 兆瓦时 1000 MWh 1000",
    "power": "千瓦 1 kW 1 kw 1 KW 1 瓦 1/1000 W 1/1000 兆瓦 1000 MW 1000",
    "information": "GB 1 G 1 MB 1/1024 M 1/1024 TB 1024 T 1024 KB 1/1048576 PB 1048576",
    "bandwidth": "Mbps 1 Gbps 1000 兆 1",
    "temperature": "℃ 1 °C 1 摄氏度 1",
}
# Each group is one way of counting; its members are spellings of one another.
_COUNTED = (
    "人 名 位 人数 个人",
    "次 回 次数 趟 遍 频次",
    "人次 人次数",
    "户 户数 农户",
    "个 个数",
    "个村 村 行政村 个行政村",
    "个社区 社区",
    "个乡镇 乡镇",
    "个项目 项目",
    "场 场次",
    "批 批次 批次数",
    "件 件数 案件",
    "份 份数",
    "项 项次",
    "座 幢 栋",
    "车次 辆次 台次 架次 班次 航次 户次 例次 件次 家次 所次 单次 篇次 点次 样次 条次 头次 只次",
    "只 羽",
    "株 棵",
    "车 车辆",
    "条 款",
    "家 家数",
)
_COUNTED_ALONE = (
    "台 套 起 例 宗 处 所 辆 艘 架 部 本 册 期 篇 幅 张 块 片 段 根 支 枝 把 副 双 对 组 队 "
    "班 轮 届 门 道 孔 眼 口 盏 杆 棚 头 匹 尾 尊 枚 粒 颗 袋 包 箱 桶 瓶 盒 筒 卷 捆 "
    "床 间 室 层 站 点 点位 站点 网点 标段 批件 种 类 级 度 分 分值 档 星 词条 字 万字 帧 集 "
    "幕 卷宗 案 席 床位 席位 车位 学位 岗位 岗 家庭 家次 单位 条数 天数 人天 人日 人月 人年 "
    "人·天 人·月 人·年 台班 工日 标准煤 吨标准煤 吨标煤 dB 分贝 dB(A) mg/L μg/m³ µg/m³ μg/m3 "
    "ug/m3 mg/m³ mg/m3 微克/立方米 毫克/升 毫克/立方米 个/升 cfu/ml Bq/L kV 千伏 千伏安 kVA "
    "V A Hz MPa 帕 lx 流明 勒克斯 个自然村 个县 个区 个县区 个市 个镇 个乡 个街道 个村居 "
    "个村组 个小组 个小区 个班 个班次 个标段 个点 个点位 个站点 个家庭 个品种 个单位 个部门 "
    "个方面 个行业 个批次 个场次 期次 期数 篇数 人份 剂 剂次 针次 床日 例数 台套 台件 件套 "
    "套件 村(社区) 个村(社区) 头只 倍 维 页 版面 份额 股 标箱 车皮 标准箱 亩次 亩地 块地 "
    "公顷次 立方 斗 担 打 线路 岁 周岁 信息点 阅读量 点击量 ppm PPM pH"
)
# Words that also stand alone as an answer: 学校 as a value is no forgotten number.
_NOUNS = (
    "单位 部门 机构 学校 企业 县 区 乡 镇 街道 小区 组织 支部 平台 系统 中心 基地 工程 队伍 "
    "课题 专题 栏目 品种 方面 人群 师 团 营 连 排 等级 证 号 票 卡 笔 单 路 线 星 版 样 层 "
    "学生 家长 干部 党员"
)
_MULTIPLIERS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_OCCASION_WORDS = "次 回 次数 趟 遍 频次 期 场 场次 批 批次 轮 轮次 届 期次 个批次"
_OCCASIONS = frozenset(_OCCASION_WORDS.split())
_NUMERALS = "一两二三四五六十0123456789"
_TIME = frozenset(("months", "hours", "working days", "terms"))


def _lexicon() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for dimension, line in _MEASURED.items():
        words = line.split()
        for name, size in zip(words[::2], words[1::2], strict=True):
            units[name] = Unit(dimension, Fraction(size))
    one = Fraction(1)
    for line in _COUNTED:
        names = line.split()
        for name in names:
            units.setdefault(name, Unit(names[0], one))
    for name in (*_COUNTED_ALONE.split(), *_NOUNS.split()):
        units.setdefault(name, Unit(name, one))
    # 万人次, 千户: built once, because a table look-up is what reading a value costs.
    multiples = {prefix: Fraction(factor) for prefix, factor in _MULTIPLIERS.items()}
    for name, unit in tuple(units.items()):
        for prefix, multiple in multiples.items():
            if prefix + name not in units:
                # Most counts are 1; multiplying fractions is what takes the time here.
                larger = multiple if unit.size is one else unit.size * multiple
                units[prefix + name] = Unit(unit.dimension, larger)
    return units


UNITS = _lexicon()
_ANSWERS = frozenset(
    (*_NOUNS.split(), "村", "社区", "乡镇", "项目", "年度", "级", "类", "处", "所", "家")
)


def unit_of(name: str) -> Unit | None:
    """Look a unit up by name; 个（座） counts as 个; None when it is unknown."""
    return UNITS.get(name) or UNITS.get(name.partition("(")[0])


def stands_alone(name: str) -> bool:
    """A known unit that, written alone, can only be a unit whose number was forgotten."""
    return (
        name in UNITS
        and name not in _ANSWERS
        and not (len(name) == 1 and name.isalpha() and name.isascii())
    )


def dimension_of(name: str | None) -> str | None:
    unit = None if name is None else unit_of(name)
    return None if unit is None else unit.dimension


def is_bare_multiple(name: str | None) -> bool:
    """万 or 亿 alone: most likely money, but the word 元 is missing."""
    return name in ("万", "亿")


def kind_of_unit(name: str | None, per: str | None = None) -> ValueKind:
    """The kind of value a unit makes: 元 money, % percent, 个月 a period, 次/年 a frequency."""
    dimension = dimension_of(name)
    # 两年一次 is counted for 两年: the numeral in front does not make it less of a time.
    parts = () if per is None else per.split("·")
    per_time = any(dimension_of(part.lstrip(_NUMERALS)) in _TIME for part in parts)
    if per_time and (name in _OCCASIONS or dimension in _TIME):
        return ValueKind.FREQUENCY
    if dimension in _TIME:
        return ValueKind.PERIOD
    if dimension == "money" and not is_bare_multiple(name):
        return ValueKind.MONEY
    return ValueKind.PERCENT if dimension == "percent" else ValueKind.QUANTITY


def is_time(name: str | None) -> bool:
    return dimension_of(name) in _TIME


def same_dimension(one: str, other: str) -> bool:
    """The two can be compared; a unit we do not know can only be compared with itself."""
    if one == other:
        return True
    left, right = unit_of(one), unit_of(other)
    return left is not None and right is not None and left.dimension == right.dimension


def convert(number: Decimal, source: str, target: str) -> Decimal | None:
    """The same amount in another unit; None where that is impossible or not exact."""
    if source == target:
        return number
    if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
        return None
    return _converted(number, source, target)


@lru_cache(maxsize=1024)
def _converted(number: Decimal, source: str, target: str) -> Decimal | None:
    left, right = unit_of(source), unit_of(target)
    if left is None or right is None or left.dimension != right.dimension:
        return None
    return exact_decimal(Fraction(number) * left.size / right.size)


def exact_decimal(value: Fraction) -> Decimal | None:
    """A fraction as a decimal without rounding; None for 1/3 and its like."""
    remainder, twos, fives = value.denominator, 0, 0
    while remainder % 2 == 0:
        remainder, twos = remainder // 2, twos + 1
    while remainder % 5 == 0:
        remainder, fives = remainder // 5, fives + 1
    if remainder != 1:
        return None
    places = max(twos, fives)
    digits = value.numerator * 2 ** (places - twos) * 5 ** (places - fives)
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -places))
