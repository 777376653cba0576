"""The first pages: what is there, and what is not there for whom."""

from jixiao.web.config.settings.base import CSP


def test_strangers_are_asked_to_sign_in(client, county):
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in?next=/")


def test_a_neighbour_finds_nothing(a_filing, signed_in):
    filing = a_filing()
    assert signed_in("taole").get(f"/filings/{filing.pk}").status_code == 200
    assert signed_in("nongji").get(f"/filings/{filing.pk}").status_code == 404
    assert signed_in("xitong").get(f"/filings/{filing.pk}").status_code == 404


def test_headers_of_every_page(client, county):
    response = client.get("/sign-in")
    assert response.headers["Content-Security-Policy"] == CSP
    assert b"style=" not in response.content
    assert b"<script>" not in response.content


def test_the_list_counts_what_is_seen(a_filing, signed_in):
    a_filing(4)
    a_filing(13)
    page = signed_in("taole").get("/filings?q=垃圾").content.decode()
    assert "陶乐镇镇区维修维护、垃圾清运等项目" in page
    assert "1,400,000" in page
    assert "没有符合条件的表" in signed_in("nongji").get("/filings").content.decode()


def test_health(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
