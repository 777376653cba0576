"""What the engine itself has to say: codes beginning with SYS. They never blame a form."""

from msgspec import Struct

from jixiao.audit.finding import Severity


class Notice(Struct, frozen=True, kw_only=True):
    """A finding about the tool or its configuration, with its page like that of a rule."""

    code: str
    name: str
    severity: Severity
    page: str

    @property
    def title(self) -> str:
        """The page's first line."""
        return self.page.partition("\n")[0]


RULE_CRASHED = Notice(
    code="SYS001",
    name="rule-crashed",
    severity=Severity.WARNING,
    page="""规则运行时出错，该项检查没有完成。
Rule crashed

检查内容
    某条规则在检查某张表时程序出错。其余规则照常运行，其余结果仍然有效。
为什么
    没有完成的检查不能算作通过，因此单独列出。
怎样修改
    表格不需要修改。请把本条结果连同文件反馈给维护人员。
不适用的情形
    无。
""",
)

STALE_SUPPRESSION = Notice(
    code="SYS002",
    name="stale-suppression",
    severity=Severity.WARNING,
    page="""豁免已经过期，或者已经没有对应的问题。
Stale suppression

检查内容
    豁免清单中的条目是否过了截止日期，是否还对应着实际存在的问题。
为什么
    过期或者没有对象的豁免会掩盖以后出现的新问题。
怎样修改
    问题已经改正的，删除该条豁免；仍需保留的，写明新的理由和截止日期。
不适用的情形
    本次没有检查到该条豁免所指的文件或项目时，不作判断。
""",
)

NOTICES = {notice.code: notice for notice in (RULE_CRASHED, STALE_SUPPRESSION)}
