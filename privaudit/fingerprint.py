"""Fingerprints: what a finding is told by from run to run, whatever moves around it. Standard library only."""

from __future__ import annotations

from privaudit.digest import sha256
from privaudit.model import DocumentReport, Verdict


def fingerprint(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for the parts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def identified(document: DocumentReport, identity: str) -> DocumentReport:
    """The report with fingerprints that hold for one document alone.

    `identity` is what the document is known by wherever privaudit runs: its path from the root of the repository on.
    """
    return document._replace(verdicts=tuple(_identified(verdict, identity) for verdict in document.verdicts))


def _identified(verdict: Verdict, identity: str) -> Verdict:
    evidence = tuple(one._replace(fingerprint=fingerprint(identity, one.fingerprint)) for one in verdict.evidence)
    return verdict._replace(fingerprint=fingerprint(identity, verdict.fingerprint), evidence=evidence)
