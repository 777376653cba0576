"""What exporters may see."""

from jixiao.audit.finding import Outcome
from jixiao.report.bundle import ReportBundle
from tests.report.bundles import a_duty, a_finding, a_report, a_result, bundle_of, tiny_form


def test_a_form_read_twice_has_its_findings_once():
    form = tiny_form()
    report = a_report(findings=(a_finding(),))
    bundle = ReportBundle(reading=(a_result(form), a_result(form)), report=report)
    assert [len(one.findings) for one in bundle.forms] == [1, 0]


def test_forms_are_numbered_over_all_documents():
    first, second = tiny_form(), tiny_form(file="other.xlsx")
    bundle = ReportBundle(
        reading=(a_result(first), a_result(second, file="other.xlsx")),
        report=a_report(findings=(a_finding(file="other.xlsx"),)),
    )
    assert [one.number for one in bundle.forms] == [1, 2]
    assert [len(one.findings) for one in bundle.forms] == [0, 1]


def test_a_finding_about_no_form_of_the_reading_is_not_lost():
    elsewhere = a_finding(file="gone.xlsx")
    assert bundle_of((elsewhere,)).loose_findings == (elsewhere,)


def test_a_stale_suppression_belongs_to_no_form_even_if_the_file_has_its_name():
    stale = a_finding(path="suppress[0]", code="SYS002")
    bundle = bundle_of((stale,))
    assert bundle.loose_findings == (stale,)
    assert bundle.forms[0].findings == ()


def test_rules_that_could_not_be_applied_do_not_count_as_checks():
    duties = (
        a_duty("VAL001", Outcome.PASS),
        a_duty("VAL002", Outcome.FINDING),
        a_duty("VAL003", Outcome.NOT_APPLICABLE),
        a_duty("VAL004", Outcome.NOT_ENOUGH_DATA),
    )
    assert bundle_of(duties=duties).forms[0].checked == 2
