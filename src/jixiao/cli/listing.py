"""`jixiao explain`, `rules`, `layouts`, `profiles`: what there is, as text or JSON."""

import argparse
import sys

import msgspec

from jixiao.audit.retired import current_code
from jixiao.audit.rule import RULES
from jixiao.cli.console import refuse
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
    """0, or 2 where the thing asked for does not exist."""
    as_json = options.format == "json"
    try:
        if options.command == "explain":
            code = current_code(options.code.upper().replace("-", "")) or options.code.upper()
            rule = RULES[code]
            _out(_json(rule_entry(rule)) if as_json else rule_page(rule))
        elif options.command == "profiles" and options.id is not None:
            _out(profile_page(options.id, as_json=as_json))
        else:
            _list(options.command, as_json=as_json)
    except UnknownCode as error:
        return refuse(str(error))
    return 0


def _list(command: str, *, as_json: bool) -> None:
    entries: tuple[Entry, ...]
    if command == "rules":
        entries = rule_entries()
    elif command == "layouts":
        entries = layout_entries()
    else:
        entries = profile_entries()
    _out(_json(entries) if as_json else "\n".join(entry.line() for entry in entries))


def _json(thing: object) -> str:
    return msgspec.json.format(msgspec.json.encode(thing), indent=1).decode()


def _out(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")
