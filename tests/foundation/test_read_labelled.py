"""Values labelled by hand before the reader saw them, in the manner of many provinces.

Each line: text | kind | comparator | number | upper number | unit | counted for.
"""

from decimal import Decimal

import pytest

from jixiao.foundation.reading import read_quantity

LABELLED = """
≥98.5%|percent|≥|98.5||%|
≥ 2800 人次|quantity|≥|2800||人次|
=1个|quantity|=|1||个|
≤56.8万元|money|≤|56.8||万元|
不高于35万元|money|≤|35||万元|
2023年11月30日前完成|date|≤||||
≤2小时|period|≤|2||小时|
完成率达100%|percent||100||%|
覆盖率≥99％以上|percent|≥|99||%|
100%覆盖|percent||100||%|
≥3次/月|frequency|≥|3||次|月
每月至少1次|frequency|≥|1||次|月
每年组织培训2次|frequency||2||次|年
每学期开展不少于2次|frequency|≥|2||次|学期
每季度开展一次|frequency||1||次|季度
每周巡查3次以上|frequency|≥|3||次|周
人均补助标准1200元/年|money||1200||元|年
每人每月补助300元|money||300||元|人·月
300元/人·月|money||300||元|人·月
≥0.85|quantity|≥|0.85|||
≤1.5%|percent|≤|1.5||%|
零投诉|qualitative|||||
有所提高|qualitative|||||
比上年提高|qualitative|||||
较上年提高2个百分点|quantity||2||个百分点|
不低于上年|qualitative|||||
逐步完善|qualitative|||||
建立健全|qualitative|||||
达到国家二级标准|qualitative|||||
优良|qualitative|||||
3A级|qualitative|||||
按照文件要求执行|qualitative|||||
2023年1月-12月|period|||||
2023年全年|period|||||
一年内|period|≤|1||年|
1年|period||1||年|
合同签订后30日内|period|≤|30||日|
收到申请后20个工作日内办结|period|≤|20||个工作日|
接报后2小时内到达|period|≤|2||小时|
≥5000平方米|quantity|≥|5000||平方米|
12.5公里|quantity||12.5||公里|
3.2万亩|quantity||3.2||万亩|
≥1.2万人次|quantity|≥|1.2||万人次|
新增就业人数≥500人|quantity|≥|500||人|
带动增收2000元/户|money||2000||元|户
新建厕所35座|quantity||35||座|
改造面积1.2万㎡|quantity||1.2||万㎡|
采购设备15台（套）|quantity||15||台(套)|
发放宣传资料≥5000份|quantity|≥|5000||份|
培训2期，每期100人|qualitative|||||
≥90%且≤95%|range||90|95|%|
90%≤满意度≤100%|range||90|100|%|
60%—80%|range||60|80|%|
5～10个|range||5|10|个|
10-15万元|range||10|15|万元|
约5万人|quantity|≈|5||万人|
1000人左右|quantity|≈|1000||人|
100余户|quantity|≈|100||户|
近200人|quantity|≈|200||人|
上万人次|qualitative|||||
＜3%|percent|<|3||%|
少于5起|quantity|<|5||起|
≤0起|quantity|≤|0||起|
0例|quantity||0||例|
事故发生率为0|quantity||0|||
重大安全事故发生次数0次|quantity||0||次|
死亡率≤0.5‰|percent|≤|0.5||‰|
孕产妇死亡率≤9/10万|qualitative|≤||||
90分|quantity||90||分|
≥85分|quantity|≥|85||分|
满意|qualitative|||||
满意度90%以上|percent|≥|90||%|
群众满意度大于等于90%|percent|≥|90||%|
家长满意度达到95%以上|percent|≥|95||%|
≥95%（含）|percent|≥|95||%|
＝12期|quantity|=|12||期|
365天/年|frequency||365||天|年
24小时/天|frequency||24||小时|天
全天24小时|period||24||小时|
8小时以上|period|≥|8||小时|
2024年3月15日|date|||||
2024年第一季度末|date|||||
第三季度前|date|≤||||
10月底|date|||||
12月25日前支付|date|≤||||
每月10号前|date|≤||||月
不超过预算金额|qualitative|||||
≤预算数|qualitative|≤||||
不超概算|qualitative|||||
100万元以内|money|≤|100||万元|
≤50元/平方米|money|≤|50||元|平方米
单价不超过150元/米|money|≤|150||元|米
35元/亩·次|money||35||元|亩·次
1000元每村|money||1000||元|村
2万元/村·年|money||2||万元|村·年
15%左右|percent|≈|15||%|
提升5%|percent||5||%|
5%-8%|range||5|8|%|
7×24小时|qualitative|||||
三年以上|period|≥|3||年|
≥30年|period|≥|30||年|
长期保持|qualitative|||||
可持续|qualitative|||||
＞80|quantity|>|80|||
II类|qualitative|||||
Ⅲ类及以上|qualitative|||||
达到或优于Ⅲ类|qualitative|||||
减少碳排放200吨|quantity||200||吨|
年节约用电3万千瓦时|quantity||3||万千瓦时|
3000千瓦|quantity||3000||千瓦|
1:1.5|qualitative|||||
两次|quantity||2||次|
一式三份|qualitative|||||
四个|quantity||4||个|
不少于一次|quantity|≥|1||次|
五个以上|quantity|≥|5||个|
百分之百|percent||100||%|
98％|percent||98||%|
〉95%|percent|>|95||%|
>  95 %|percent|>|95||%|
≥百分之九十|percent|≥|90||%|
100人/期|quantity||100||人|期
支持企业20家以上|quantity|≥|20||家|
1个，100%|qualitative|||||
2个项目|quantity||2||个项目|
5个行业|quantity||5||个行业|
90度|quantity||90||度|
N/A|not_applicable|||||
无|qualitative|||||
|blank|||||
—|not_applicable|||||
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in LABELLED.strip("\n").split("\n")]


def _decimal(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_reads_what_was_labelled(row):
    text, kind, comparator, number, high, unit, per = row
    read = read_quantity(text)
    assert (read.kind.value, read.comparator or "") == (kind, comparator)
    assert (read.number, read.number_high) == (_decimal(number), _decimal(high))
    assert (read.unit or "", read.per or "") == (unit, per)
