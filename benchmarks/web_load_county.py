"""A county in its last hour: three hundred units below thirty departments, a clerk and a draft each.

Written through the services, into the database of `DATABASE_URL`, before the server starts.
"""

from datetime import date

from benchmarks import web_setting
from benchmarks.web_load_clerks import PASSWORD
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from jixiao.form.forms import Form
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.official.editing import change, insert_row
from jixiao.pipeline import read
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Workplace
from jixiao.web.agencies.selectors import actor_of
from jixiao.web.agencies.services import add_agency, grant
from jixiao.web.workflow.filing import begin

assert web_setting.FOLDER  # settings stand before the models are met
SAMPLE, NUMBER, ROWS, UNITS_EACH = "src/jixiao/sample/taole-2022.txt", 12, 12, 10


def fill(clerks: int) -> list[tuple[str, int, int]]:
    """The people and their drafts: (username, filing, rows)."""
    call_command("migrate", verbosity=0, interactive=False)
    encoded = make_password(PASSWORD)  # once: the same hash costs as much to check
    form = _form()
    with transaction.atomic():
        county = add_agency(code="1", name="示例县", kind=AgencyKind.COUNTY, parent=None)
        for number, role in enumerate((RoleCode.PERFORMANCE_DIVISION, RoleCode.BUDGET_DIVISION)):
            _person(f"bureau{number}", role, county, encoded)
        found = []
        department = county
        for number in range(clerks):
            if number % UNITS_EACH == 0:
                department = _department(number // UNITS_EACH, county, encoded)
            unit = add_agency(
                code=f"{number + 1000}",
                name=f"第{number}单位",
                kind=AgencyKind.UNIT,
                parent=department,
            )
            clerk = _person(f"clerk{number}", RoleCode.PREPARER, unit, encoded)
            _person(f"head{number}", RoleCode.UNIT_HEAD, unit, encoded)
            found.append((clerk.username, _draft(clerk, unit, form), ROWS))
    return found


def _department(number: int, county: Agency, encoded: str) -> Agency:
    name, kind = f"第{number}局", AgencyKind.DEPARTMENT
    made = add_agency(code=f"{number + 100}", name=name, kind=kind, parent=county)
    _person(f"department{number}", RoleCode.DEPARTMENT_REVIEWER, made, encoded)
    _person(f"line{number}", RoleCode.LINE_DIVISION, made, encoded)
    return made


def _person(username: str, role: RoleCode, place: Agency, encoded: str) -> User:
    user = User.objects.create(username=username, full_name=username, password=encoded)
    Workplace.objects.create(user=user, agency=place)
    grant(user=user, agency=place, role=role, starts_on=date(2021, 1, 1))
    return user


def _draft(clerk: User, unit: Agency, form: Form) -> int:
    """The unit's own: no two of the county say the same."""
    own = change(form, "header.project_name", f"{unit.name}城乡社区运转经费")
    own = change(own, "header.implementing_unit", unit.name)
    filing = begin(
        actor=actor_of(clerk, timezone.localdate()),
        agency=unit,
        form=own,
        journey=journey_of(),
        budget_year=2022,
        now=timezone.now(),
        profile="nx_pingluo_2022",
    )
    assert filing.errors == 0, "a form with errors cannot be handed in"
    return filing.pk


def _form() -> Form:
    """A real form of the sample, brought to twelve rows."""
    form = read(SAMPLE).forms[NUMBER]
    while len(form.indicators) < ROWS:
        at = len(form.indicators)
        form = insert_row(form, "indicators", at)
        form = change(form, f"indicators[{at}].name", f"清运生活垃圾{at}")
        form = change(form, f"indicators[{at}].target", f"≥{at}吨")
    return form
