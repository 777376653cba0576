"""Cells followed from one version to the next, though their rows have moved."""

import pytest

from jixiao.official.editing import change, insert_row, move_row, remove_row
from jixiao.official.following import following
from jixiao.pipeline import read


@pytest.fixture(scope="module")
def form():
    return read("src/jixiao/sample/taole-2022.txt").forms[4]


def test_a_path_that_never_was_is_nowhere_and_unchanged(form):
    found = following(form, form).follow("no.such")
    assert (found.before, found.after, found.is_changed) == ("", "", False)


def test_a_row_that_was_taken_out_has_no_cell(form):
    found = following(form, remove_row(form, "indicators", 2)).follow("indicators[2].target")
    assert (found.path, found.is_changed) == ("", True)
    assert found.before == form.indicators[2].target.raw


def test_a_cell_goes_along_with_its_row(form):
    newer = insert_row(form, "indicators", 0)
    newer = change(newer, "indicators[4].target", "≥96%")
    followers = following(form, newer)
    found = followers.follow("indicators[3].target")
    assert (found.path, found.after) == ("indicators[4].target", "≥96%")
    assert found.is_changed
    assert not followers.follow("indicators[3].name").is_changed
    assert followers.follow("indicators[3]").is_changed


def test_a_renamed_row_is_known_by_its_place(form):
    newer = change(form, "indicators[3].name", "改过的名称")
    found = following(form, newer).follow("indicators[3].name")
    assert (found.path, found.after) == ("indicators[3].name", "改过的名称")


def test_a_moved_row_is_found(form):
    newer = move_row(form, "indicators", 0, 1)
    followers = following(form, newer)
    assert followers.follow("indicators[0].name").path == "indicators[1].name"
    assert followers.follow("indicators[1].name").path == "indicators[0].name"
    assert not followers.follow("indicators[0].target").is_changed


@pytest.mark.parametrize("path", ["funding.total", "narrative.goal", "header.project_name"])
def test_fields_above_the_rows(form, path):
    newer = change(form, path, "12345")
    found = following(form, newer).follow(path)
    assert (found.path, found.after, found.is_changed) == (path, "12345", True)


def test_a_blank_that_was_filled_in(form):
    older = change(form, "indicators[1].target", "")
    found = following(older, form).follow("indicators[1].target")
    assert (found.before, found.after) == ("", form.indicators[1].target.raw)
