"""Troubles of reading, as values: what happened, in which file, where, and the way out."""

from msgspec import Struct

from jixiao.foundation.location import SourceRef


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One trouble. `code` is INT and three digits; `message` is Chinese and names the way out."""

    code: str
    message: str
    file: str
    source: SourceRef | None = None


#: Every code an intake problem may carry, with what it means. Messages say more.
CODES: dict[str, str] = {
    "INT001": "文件为空",
    "INT002": "不支持的文件格式",
    "INT003": "文件损坏或不完整",
    "INT004": "文件有密码保护",
    "INT005": "扩展名与内容不符",
    "INT006": "文件含宏",
    "INT007": "压缩包超出限额",
    "INT008": "文件含外部实体",
    "INT009": "表格超出限额",
    "INT010": "页面没有文字层",
    "INT011": "文字编码有误",
    "INT012": "文件夹循环引用",
    "INT013": "文件无法打开",
    "INT014": "缺少可选组件",
    "INT015": "图片文件",
    "INT016": "图像辨认不清",
    "INT017": "图像识别存疑",
    "INT020": "指标级别名称无法识别",
    "INT021": "行的内容无法归入表格",
    "INT022": "表格结构不完整",
    "INT023": "年度无法确定",
    "INT024": "金额单位无法确定",
    "INT025": "金额无法识别",
    "INT026": "单元格切分存疑",
    "INT030": "版式判断不唯一",
}
