"""JUnit XML, as test reporters read it: a suite for each document, a case for each rule.

Errors and warnings are failures, what could not be judged is an error, what was accepted or does not apply is skipped;
notes stand in the output of a passed case.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from privaudit.model import DocumentReport, Outcome, Report, Severity, State, Verdict
from privaudit.render.commands import harmless
from privaudit.render.quote import shortened
from privaudit.render.rows import LONGEST, unread
from privaudit.render.sanitise import one_line
from privaudit.render.view import packs_told

_FAILING = frozenset({Severity.ERROR, Severity.WARNING})


def render(report: Report) -> str:
    """The report as XML with a declaration."""
    suites = ET.Element("testsuites", name="privaudit")
    for document in report.places:
        suites.append(_suite(document))
    if report.errors:
        suite = ET.SubElement(suites, "testsuite", name="privaudit")
        for error in report.errors:
            case = ET.SubElement(suite, "testcase", classname="privaudit", name="input")
            ET.SubElement(case, "error", message=one_line(error), type="not-audited")
        _count(suite)
    for name in ("tests", "failures", "errors", "skipped"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    for suite in suites:
        properties = ET.Element("properties")
        ET.SubElement(properties, "property", name="law-as-of", value=one_line(report.as_of))
        ET.SubElement(properties, "property", name="rules", value=one_line(packs_told(report.packs)))
        # No test, so not there when they are counted.
        suite.insert(0, properties)
    ET.indent(suites, " ")
    return harmless(f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n')


def _suite(document: DocumentReport) -> ET.Element:
    path = one_line(document.path)
    suite = ET.Element("testsuite", name=path)
    if problems := unread(document):
        case = ET.SubElement(suite, "testcase", classname=path, name="read", file=path, line="1")
        said = "; ".join(one_line(problem.message) for problem in problems)
        ET.SubElement(case, "error", message=said, type=problems[0].code)
    for verdict in document.verdicts:
        _case(suite, path, verdict)
    _count(suite)
    return suite


def _case(suite: ET.Element, path: str, verdict: Verdict) -> None:
    case = ET.SubElement(
        suite, "testcase", classname=path, name=verdict.rule, file=path, line=str(verdict.line), time="0"
    )
    message = one_line(verdict.message)
    if verdict.outcome is Outcome.INCONCLUSIVE:
        ET.SubElement(case, "error", message=one_line(verdict.because or message), type="inconclusive")
    elif verdict.outcome is Outcome.NOT_APPLICABLE:
        ET.SubElement(case, "skipped", message=one_line(verdict.because or "does not apply"))
    elif verdict.severity is None:
        return
    elif verdict.state is not State.NEW:
        ET.SubElement(case, "skipped", message=f"{verdict.state.value}: {message}")
    elif verdict.severity in _FAILING:
        failure = ET.SubElement(case, "failure", message=message, type=verdict.severity.value)
        failure.text = _details(path, verdict)
    else:
        ET.SubElement(case, "system-out").text = f"{verdict.severity.value}: {message}\n{_details(path, verdict)}"


def _details(path: str, verdict: Verdict) -> str:
    lines = [f"{path}:{one.line}:{one.column}: {one_line(shortened(one, LONGEST))}" for one in verdict.evidence]
    lines += [one_line(text) for text in (verdict.reference, verdict.remedy) if text]
    return "\n".join(lines or [f"{path}:{verdict.line}:{verdict.column}"])


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite)))
    for name, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(child) is not None for case in suite)))
