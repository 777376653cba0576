"""A null character in an address is no word: PostgreSQL takes none, SQLite finds nothing."""

import pytest

PAGES = {
    "xitong": ("/accounts?q=%00", "/accounts?q=a%00b", "/agencies?q=%00"),
    "anquan": ("/roles?q=%00", "/roles?role=%00", "/rights?q=%00"),
    "rizhi": ("/log?q=%00", "/log?code=%00"),
    "taole": ("/filings?q=%00", "/filings?year=%00", "/filings?state=%00", "/documents?q=%00"),
}


@pytest.mark.parametrize("who", PAGES)
def test_a_null_is_answered(signed_in, who):
    for page in PAGES[who]:
        assert signed_in(who).get(page).status_code == 400, page
