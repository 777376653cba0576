"""The sample county: the seed's town with its sixteen real forms, the bureau above it, people.

Names of people are made up and say what somebody is (陶乐镇经办人), never who.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

import jixiao
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.pipeline import read
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Workplace
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.agencies.services import add_agency, grant
from jixiao.web.desk.demo import PASSWORD
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.acting import act
from jixiao.web.workflow.controlling import Entry, enter, issue
from jixiao.web.workflow.filing import begin
from jixiao.web.workflow.windows import open_window

_SAMPLE = Path(jixiao.__file__ or "").parent / "sample" / "taole-2022.txt"
_TREE = (
    ("640221", "平罗县（示例）", AgencyKind.COUNTY, None),
    ("640221-01", "县财政局", AgencyKind.FINANCE_BUREAU, "640221"),
    ("640221-0101", "预算股", AgencyKind.DIVISION, "640221-01"),
    ("640221-0102", "绩效股", AgencyKind.DIVISION, "640221-01"),
    ("640221-0103", "农业农村股", AgencyKind.DIVISION, "640221-01"),
    ("055", "平罗县陶乐镇人民政府", AgencyKind.DEPARTMENT, "640221"),
    ("055001", "陶乐镇人民政府本级", AgencyKind.UNIT, "055"),
    ("055002", "陶乐镇综合服务中心", AgencyKind.UNIT, "055"),
    ("021", "县农业农村局", AgencyKind.DEPARTMENT, "640221"),
    ("021001", "县农业技术推广中心", AgencyKind.UNIT, "021"),
    ("640221-90", "某会计师事务所", AgencyKind.THIRD_PARTY, "640221"),
    ("640221-91", "县人大常委会财经工委", AgencyKind.CONGRESS, "640221"),
    ("640221-92", "县审计局", AgencyKind.AUDIT_OFFICE, "640221"),
)
#: Sign-in name, who it is, the role, over which part of the tree, and where the person works.
_PEOPLE = (
    ("taole", "陶乐镇经办人", RoleCode.PREPARER, "055001", "055001"),
    ("taole2", "陶乐镇第二经办人", RoleCode.PREPARER, "055001", "055001"),
    ("zhenzhang", "陶乐镇负责人", RoleCode.UNIT_HEAD, "055001", "055001"),
    ("fuwu", "综合服务中心经办人", RoleCode.PREPARER, "055002", "055002"),
    ("zhuren", "综合服务中心负责人", RoleCode.UNIT_HEAD, "055002", "055002"),
    ("zhuguan", "陶乐镇主管审核人", RoleCode.DEPARTMENT_REVIEWER, "055", "055"),
    ("yewu", "农业农村股审核人", RoleCode.LINE_DIVISION, "055", "640221-0103"),
    ("jixiao", "绩效股审核人", RoleCode.PERFORMANCE_DIVISION, "640221", "640221-0102"),
    ("yusuan", "预算股经办人", RoleCode.BUDGET_DIVISION, "640221", "640221-0101"),
    ("nongji", "农技中心经办人", RoleCode.PREPARER, "021001", "021001"),
    ("pingjia", "事务所评价人员", RoleCode.THIRD_PARTY, "055", "640221-90"),
    ("renda", "财经工委查阅人", RoleCode.CONGRESS, "640221", "640221-91"),
    ("shenji", "审计局查阅人", RoleCode.STATE_AUDIT, "640221", "640221-92"),
    ("xitong", "系统管理员", RoleCode.SYSTEM_ADMIN, "640221", "640221-01"),
    ("anquan", "安全管理员", RoleCode.SECURITY_ADMIN, "640221", "640221-01"),
    ("rizhi", "审计管理员", RoleCode.AUDIT_ADMIN, "640221", "640221-01"),
)


@transaction.atomic
def plant() -> bool:
    """Make the sample county where there is no agency yet; whether it was made."""
    if Agency.objects.exists():
        return False
    found: dict[str, Agency] = {}
    for code, name, kind, parent in _TREE:
        above = None if parent is None else found[parent]
        found[code] = add_agency(code=code, name=name, kind=kind, parent=above)
    people: dict[str, User] = {}
    for username, full_name, role, place, workplace in _PEOPLE:
        user = User.objects.create_user(username=username, full_name=full_name, password=PASSWORD)
        Workplace.objects.create(user=user, agency=found[workplace])
        grant(user=user, agency=found[place], role=role, starts_on=date(2021, 1, 1))
        people[username] = user
    _open_season(people["yusuan"], found["640221"])
    _file_sample(people["taole"], found["055001"])
    _send_some_on(people)
    _give_control_figures(people["yusuan"], found)
    return True


def _open_season(user: User, county: Agency) -> None:
    """The first round for next year, open for the coming weeks."""
    today = timezone.localdate()
    open_window(
        actor=actor_of(user, today),
        agency=county,
        budget_year=today.year + 1,
        stage=county_journey().stage.code,
        round_="一上",
        days=(today - timedelta(days=6), today + timedelta(days=24)),
        layout="nx_pingluo/project_target_2022",
        profile="nx_pingluo_2022",
        now=timezone.now(),
    )


def _file_sample(user: User, agency: Agency) -> None:
    """The sixteen forms as drafts of the town."""
    now = timezone.now()
    clerk = actor_of(user, timezone.localdate())
    for form in read(_SAMPLE).forms:
        begin(
            actor=clerk,
            agency=agency,
            form=form,
            journey=county_journey(),
            budget_year=form.budget_year or 2022,
            now=now,
            profile="nx_pingluo_2022",
        )


#: Where, how much, and what is said of it; somewhat less than the town would like.
_CONTROL = (
    ("055", "12000000", "含上级转移支付"),
    ("055001", "9500000", "压减一般性支出"),
    ("021001", "1200000", ""),
)
_WAITING = ("055002", "300000")


def _give_control_figures(user: User, found: dict[str, Agency]) -> None:
    """Figures that were given out, and one that is still a draft; nothing without forms."""
    filing = Filing.objects.first()
    if filing is None:
        return
    bureau, now, year = actor_of(user, timezone.localdate()), timezone.now(), filing.budget_year
    given = [
        Entry(agency=found[code], amount=Decimal(amount), note=note)
        for code, amount, note in _CONTROL
    ]
    enter(actor=bureau, year=year, entries=given, now=now)
    issue(
        actor=bureau,
        year=year,
        number=f"平财预〔{year - 1}〕16号",
        issued_on=timezone.localdate(),
        note="一下控制数（示例）",
        now=now,
    )
    code, amount = _WAITING
    waiting = Entry(agency=found[code], amount=Decimal(amount))
    enter(actor=bureau, year=year, entries=[waiting], now=now)


#: How far forms without errors have come, so that everybody finds something to do.
_ON_THEIR_WAY = {
    "城乡社区运转经费": ("taole", "zhenzhang", "zhuguan", "yewu"),
    "村级创新社会管理经费": ("taole", "zhenzhang", "zhuguan"),
    "助力乡村振兴驻村工作队经费": ("taole", "zhenzhang"),
    "政府临聘人员经费": ("taole",),
}


def _send_some_on(people: dict[str, User]) -> None:
    """Some filings handed in, each passed on by those who come before the next."""
    today, now = timezone.localdate(), timezone.now()
    for name, ways in _ON_THEIR_WAY.items():
        filing = Filing.objects.filter(project_name=name).first()
        if filing is None:
            continue
        for step, username in enumerate(ways):
            act(
                actor=actor_of(people[username], today),
                filing_id=filing.pk,
                action="pass" if step else "submit",
                journey=county_journey(),
                now=now,
            )
