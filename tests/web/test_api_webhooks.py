"""Webhooks: told of what happened and of nothing else, signed, to no machine of the inside."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from jixiao.web.workflow import addresses
from jixiao.web.workflow.addresses import Refused, refusal, target_of
from jixiao.web.workflow.announcing import state_events
from jixiao.web.workflow.delivering import WAITS, deliver
from jixiao.web.workflow.models import Delivery, Webhook
from tests.web.api import Program
from tests.web.test_journey import accept_everything, step


@pytest.fixture
def receiver(settings):
    """A machine on loopback that keeps what it is told and answers as it is bid."""
    told, answers = [], []

    class Told(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((self.path, dict(self.headers), body))
            status = answers.pop(0) if answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.WEBHOOK_HOSTS = (f"127.0.0.1:{server.server_port}",)
    server.told, server.answers = told, answers
    server.url = f"http://127.0.0.1:{server.server_port}/hook?from=jixiao"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def registered(receiver, agency="055", **more):
    asked = {"agency": agency, "url": receiver.url, **more}
    return Program("xitong").post("/webhooks", asked, status=201)


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "http://oa.example/hook",
            "ftp://oa.example/",
            "https://",
            "https://user:word@oa.example/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:172.16.0.1]/",
            "https://172.16.2.3/",
            "https://169.254.169.254/latest/meta-data",
            "https://172.31.1.1:8443/",
            "https://0.0.0.0/",
            "https://100.64.0.1/",
            "https://[fd00::1]/",
            "https://224.0.0.1/",
            "https://oa.example:99999/",
            "https://oa.example/ x",
            "https://oa.example\\@172.16.0.1/",
            "https://奥.example/",
            "file:///etc/passwd",
            "//oa.example/",
        ],
    )
    def test_refused_when_registered(self, url):
        assert refusal(url)

    @pytest.mark.parametrize("url", ["https://oa.example/hook", "https://8.8.8.8:8443/a?b=c"])
    def test_open_ones(self, url):
        assert refusal(url) is None

    @pytest.mark.parametrize("found", ["172.16.0.5", "127.0.0.1", "::1", "169.254.169.254"])
    def test_a_name_that_leads_inside_is_not_followed(self, monkeypatch, found):
        answer = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", (found, 443))]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: answer)
        with pytest.raises(Refused):
            target_of("https://oa.example/hook")

    def test_the_checked_address_is_the_one_spoken_to(self, monkeypatch):
        answer = [(0, 0, 0, "", ("8.8.8.8", 443))]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: answer)
        target = target_of("https://oa.example/hook?a=b")
        assert (target.address, target.host, target.path) == ("8.8.8.8", "oa.example", "/hook?a=b")

    def test_named_hosts_may_be_inside(self, settings):
        settings.WEBHOOK_HOSTS = ("172.16.0.8:8080", "oa.county")
        assert refusal("http://172.16.0.8:8080/hook") is None
        assert refusal("http://172.16.0.8/hook")
        assert refusal("http://oa.county/hook") is None


class TestRegistering:
    def test_administrators_only_and_within_reach(self, county):
        asked = {"agency": "055", "url": "https://oa.example/hook"}
        for name in ("taole", "anquan", "yusuan"):
            program = Program(name)
            program.get("/webhooks", status=403)
            program.post("/webhooks", asked, status=403)
        program = Program("xitong")
        made = program.post("/webhooks", asked, status=201)
        assert len(made["secret"]) == 64
        (shown,) = program.get("/webhooks")["items"]
        assert "secret" not in shown
        assert made["secret"] not in str(Webhook.objects.values().get())
        program.post("/webhooks", {**asked, "url": "http://oa.example"}, status=422)
        program.post("/webhooks", {**asked, "events": ["no.such"]}, status=422)
        program.get("/webhooks/999/deliveries", status=404)

    def test_every_action_has_an_event_to_tell(self):
        assert {"filing.begun", "filing.submitted", "filing.returned"} <= set(state_events())


class TestTelling:
    def test_a_change_of_state_is_told_and_signed(self, a_filing, person, receiver):
        made = registered(receiver)
        one = a_filing()
        accept_everything(one, person)
        step(person, one, "taole", "submit")
        first, second = Delivery.objects.order_by("pk")
        assert deliver(first.pk) == deliver(second.pk) == "delivered"
        path, headers, body = receiver.told[1]
        assert path == "/hook?from=jixiao"
        said = json.loads(body)
        assert (said["event"], said["filing"]["state"]) == ("filing.submitted", "with_unit_head")
        parts = dict(part.split("=") for part in headers["X-Jixiao-Signature"].split(","))
        signed = f"{parts['t']}.".encode() + body
        expected = hmac.new(made["secret"].encode(), signed, hashlib.sha256).hexdigest()
        assert parts["v1"] == expected
        assert headers["X-Jixiao-Delivery"] == str(second.pk)
        rows = Program("xitong").get(f"/webhooks/{made['id']}/deliveries")["items"]
        assert [(row["status"], row["answered"]) for row in rows] == [("delivered", 204)] * 2

    def test_neighbours_and_saves_are_not_told(self, a_filing, receiver):
        registered(receiver, agency="021")
        a_filing()
        assert not Delivery.objects.exists()

    def test_only_the_events_asked_for(self, a_filing, person, receiver):
        registered(receiver, events=["filing.submitted"])
        one = a_filing()
        assert not Delivery.objects.exists()
        accept_everything(one, person)
        step(person, one, "taole", "submit")
        assert Delivery.objects.count() == 1

    def test_what_did_not_happen_is_not_told(self, a_filing, person, receiver):
        one = a_filing(5)
        registered(receiver)
        step(person, one, "taole", "submit")  # refused: errors are open
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("status", [302, 400, 500])
    def test_tried_again_with_patience_then_failed(self, a_filing, receiver, status):
        registered(receiver)
        a_filing()
        delivery = Delivery.objects.get()
        receiver.answers.extend([status] * 20)
        now = timezone.now()
        for wait in WAITS:
            assert deliver(delivery.pk, now) == "waiting"
            delivery.refresh_from_db()
            assert delivery.due_at == now + wait
            assert deliver(delivery.pk, now) == "nothing to do"  # not before its time
            now = delivery.due_at
        assert deliver(delivery.pk, now) == "failed"
        delivery.refresh_from_db()
        assert delivery.answered == status
        assert len(receiver.told) == len(WAITS) + 1  # and no redirect was followed
        assert deliver(delivery.pk, now + timedelta(days=9)) == "nothing to do"

    def test_failures_are_seen_and_sent_again(self, a_filing, receiver):
        made = registered(receiver)
        a_filing()
        receiver.answers.append(500)
        delivery = Delivery.objects.get()
        deliver(delivery.pk)
        program = Program("xitong")
        (row,) = program.get(f"/webhooks/{made['id']}/deliveries")["items"]
        assert row["trouble"] == "对方回答 500"
        again = program.post(f"/webhooks/{made['id']}/deliveries/{delivery.pk}/replay", status=201)
        assert deliver(again["id"]) == "delivered"
        assert receiver.told[0][2] == receiver.told[1][2]

    def test_a_machine_that_is_gone(self, a_filing, receiver):
        registered(receiver)
        a_filing()
        receiver.shutdown()
        receiver.server_close()
        delivery = Delivery.objects.get()
        assert deliver(delivery.pk) == "waiting"
        delivery.refresh_from_db()
        assert delivery.trouble.startswith("连接不上")

    def test_switched_off(self, a_filing, receiver):
        made = registered(receiver)
        a_filing()
        Program("xitong").patch(f"/webhooks/{made['id']}", {"is_active": False})
        assert deliver(Delivery.objects.get().pk) == "failed"
        a_filing(4)
        assert Delivery.objects.count() == 1
        assert not receiver.told

    def test_permission_taken_back_later_holds(self, a_filing, receiver, settings):
        registered(receiver)
        a_filing()
        settings.WEBHOOK_HOSTS = ()
        assert deliver(Delivery.objects.get().pk) == "waiting"
        assert not receiver.told
