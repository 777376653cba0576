"""Kept results of the engine: one for each content, profile and engine version."""

import msgspec

from jixiao.audit.report import AuditReport
from jixiao.web.filings.models import AuditRun


def keep_audit(content_hash: str, profile: str, report: AuditReport) -> AuditRun:
    """Store what the engine said; the same content is audited once for each engine version."""
    run, _ = AuditRun.objects.get_or_create(
        content_hash=content_hash,
        profile=profile,
        engine_version=report.engine_version,
        defaults={"findings": msgspec.json.encode(report.findings).decode()},
    )
    return run
