"""`jixiao explain`, `rules`, `layouts`, `profiles`: what there is, as text or JSON."""

import argparse

import msgspec

from jixiao.audit.retired import current_code
from jixiao.audit.rule import RULES
from jixiao.cli.console import put_out, refuse
from jixiao.foundation.errors import UnknownCode
from jixiao.report.catalogue import (
    LayoutEntry,
    ProfileEntry,
    RuleEntry,
    layout_entries,
    profile_entries,
    profile_page,
    rule_entries,
    rule_entry,
    rule_page,
)

Entry = RuleEntry | LayoutEntry | ProfileEntry


def run(options: argparse.Namespace) -> int:
    """0, or 2 where the thing asked for does not exist or cannot be put out."""
    try:
        text = _text(options, as_json=options.format == "json")
    except UnknownCode as error:
        return refuse(str(error))
    content = f"{text.rstrip()}\n".encode("utf-8", "replace")
    return 0 if put_out(lambda stream: stream.write(content), None) else 2


def _text(options: argparse.Namespace, *, as_json: bool) -> str:
    if options.command == "explain":
        code = current_code(options.code.upper().replace("-", "")) or options.code.upper()
        rule = RULES[code]
        return _json(rule_entry(rule)) if as_json else rule_page(rule)
    if options.command == "profiles" and options.id is not None:
        return profile_page(options.id, as_json=as_json)
    entries = _entries(options.command)
    return _json(entries) if as_json else "\n".join(entry.line() for entry in entries)


def _entries(command: str) -> tuple[Entry, ...]:
    if command == "rules":
        return rule_entries()
    return layout_entries() if command == "layouts" else profile_entries()


def _json(thing: object) -> str:
    return msgspec.json.format(msgspec.json.encode(thing), indent=1).decode()
