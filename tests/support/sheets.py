"""Drawn sheets for the tests of the writers, without the composer: small, and as odd as needed."""

from collections.abc import Sequence
from itertools import groupby

from jixiao.official.sheet import Annex, CellRole, Cover, Sheet, SheetCell

#: Level 1, level 2, name, value.
ROWS = (
    ("产出指标", "数量指标（必填硬性指标）", "清运生活垃圾", "≥1200吨"),
    ("产出指标", "数量指标（必填硬性指标）", "更换垃圾桶", "＝650个"),
    ("产出指标", "质量指标（必填）", "垃圾清运率", "≥95%"),
    ("产出指标", "时效指标（必填）", "完成时间", "2022年12月31日前"),
    ("产出指标", "成本指标（必填硬性指标）", "清运单价", "≤85元/吨"),
    ("效益指标", "社会效益指标（必填）", "改善居民居住环境", "明显改善"),
    ("满意度指标", "服务对象满意度指标（必填）", "受益群众满意度", "≥90%"),
)


def a_sheet(
    name: str = "镇区垃圾清运项目",
    *,
    rows: Sequence[tuple[str, str, str, str]] = ROWS,
    goal: str = "及时清运镇区生活垃圾，更换破损垃圾桶，改善居民居住环境。",
    total: str = "1300000",
) -> Sheet:
    """A project target table of five columns in the manner of the sample."""
    cells = [
        _label(0, 0, "项目名称"),
        _value(0, 1, name, columns=4, path="project.name"),
        _label(1, 0, "主管部门及代码"),
        _value(1, 1, "055-某县某镇人民政府", path="supervising_department"),
        _label(1, 2, "实施单位"),
        _value(1, 3, "某县某镇人民政府", columns=2, path="implementing_unit"),
        SheetCell(row=2, column=0, rows=3, text="项目资金\n（元）", role=CellRole.LABEL),
        _label(2, 1, "年度资金总额："),
        _number(2, 2, total, columns=3),
        _label(3, 1, "其中：财政拨款"),
        _number(3, 2, total, columns=3),
        _label(4, 1, "其他资金"),
        _number(4, 2, "", columns=3),
        _label(5, 0, "年度总体目标"),
        SheetCell(row=5, column=1, columns=4, text=goal, role=CellRole.TEXT, path="goal"),
        *(
            SheetCell(row=6, column=column, text=text, role=CellRole.HEADING)
            for column, text in enumerate(("", "一级指标", "二级指标", "三级指标", "指标值"))
        ),
    ]
    cells += _indicators(rows)
    return Sheet(
        name=name,
        title="部门项目支出预算绩效目标表",
        subtitle="（2022年度）",
        grid=(24.0, 26.0, 36.0, 50.0, 34.0),
        height=7 + len(rows),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        repeats=(6, 1),
    )


def an_annex(*names: str) -> Annex:
    """A department's annex with cover, contents and totals."""
    sheets = tuple(a_sheet(name) for name in names or ("甲项目", "乙项目"))
    return Annex(
        title="某镇2022年度项目支出绩效目标表",
        sheets=sheets,
        cover=Cover(title=("某县某镇人民政府", "2022年度项目支出绩效目标表"), lines=("2022年3月",)),
        contents=True,
        totals=_totals(sheets),
    )


def _totals(sheets: Sequence[Sheet]) -> Sheet:
    heads = ("序号", "项目名称", "年度资金总额（元）")
    cells = [
        SheetCell(row=0, column=column, text=text, role=CellRole.HEADING)
        for column, text in enumerate(heads)
    ]
    for number, sheet in enumerate(sheets, start=1):
        cells += [
            _value(number, 0, str(number)),
            SheetCell(row=number, column=1, text=sheet.name),
            _number(number, 2, "1300000"),
        ]
    return Sheet(
        name="汇总表",
        title="项目支出绩效目标汇总表",
        grid=(20.0, 100.0, 50.0),
        height=len(sheets) + 1,
        cells=tuple(cells),
        repeats=(0, 1),
    )


def _indicators(rows: Sequence[tuple[str, str, str, str]]) -> list[SheetCell]:
    cells = [SheetCell(row=7, column=0, rows=len(rows), text="绩效指标", role=CellRole.LABEL)]
    numbered = list(enumerate(rows, start=7))
    for column in (0, 1):
        for _, group in groupby(numbered, key=lambda item: item[1][: column + 1]):
            members = list(group)
            first, row = members[0]
            cells.append(
                SheetCell(
                    row=first,
                    column=column + 1,
                    rows=len(members),
                    text=row[column],
                    role=CellRole.LEVEL,
                )
            )
    for number, (_, _, name, value) in numbered:
        path = f"indicators[{number - 7}]"
        cells.append(SheetCell(row=number, column=3, text=name, path=f"{path}.name"))
        cells.append(_value(number, 4, value, path=f"{path}.target"))
    return cells


def _label(row: int, column: int, text: str) -> SheetCell:
    return SheetCell(row=row, column=column, text=text, role=CellRole.LABEL)


def _value(row: int, column: int, text: str, columns: int = 1, path: str = "") -> SheetCell:
    return SheetCell(
        row=row, column=column, columns=columns, text=text, role=CellRole.VALUE, path=path
    )


def _number(row: int, column: int, text: str, columns: int = 1) -> SheetCell:
    return SheetCell(row=row, column=column, columns=columns, text=text, role=CellRole.NUMBER)
