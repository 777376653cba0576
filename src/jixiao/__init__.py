"""jixiao (绩效): reads, audits and tracks the performance targets of public budgets.

    from jixiao import read, audit

    reading = read("附件2.docx")
    for finding in audit(reading.forms).findings:
        print(finding.code, finding.project, finding.message)
"""

from jixiao.pipeline import Reading, audit, read

__all__ = ["Reading", "audit", "read"]
