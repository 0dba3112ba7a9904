"""Draws the picture of a report that opens the README: `python docs/make_picture.py`."""

import re
from datetime import date
from pathlib import Path

from privaudit import __version__
from privaudit.engine import CompiledRules, judge, problems, search
from privaudit.gate import Threshold
from privaudit.language import annotate
from privaudit.read import read_document
from privaudit.render.terminal import render_svg
from privaudit.report import assemble, document_report
from privaudit.rulepack.load import load_rules, pack_folders

ROOT = Path(__file__).parent.parent
SAMPLE = "samples/privacy-shield-relied.md"
DAY = date(2026, 11, 24)


def main() -> None:
    """Audits a sample and writes the report as `docs/report.svg`."""
    ruleset = load_rules(pack_folders([]))
    rules = CompiledRules(ruleset)
    searched = search(annotate(read_document(SAMPLE, (ROOT / SAMPLE).read_bytes()), ruleset.languages), rules)
    verdicts = tuple(
        verdict for verdict, rule in zip(judge(searched, DAY), ruleset.rules, strict=True) if not rule.strict
    )
    report = assemble(
        __version__,
        ruleset,
        [rule for rule in ruleset.rules if not rule.strict],
        [document_report(searched.document, verdicts, problems(searched, verdicts))],
        as_of=DAY,
        threshold=Threshold(),
    )
    # The fonts that rich would fetch are left out: a picture loads nothing from elsewhere.
    picture = re.sub(r"@font-face \{[^}]*\}\s*", "", render_svg(report, f"privaudit check {SAMPLE}"))
    (ROOT / "docs" / "report.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
