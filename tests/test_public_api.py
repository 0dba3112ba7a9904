"""What `import privaudit` offers, and that it costs nothing until it is used."""

import subprocess
import sys
from datetime import date

import privaudit


def test_every_public_name_is_there() -> None:
    for name in privaudit.__all__:
        assert getattr(privaudit, name).__module__.startswith("privaudit."), name


def test_an_audit_from_python() -> None:
    rules = privaudit.CompiledRules(privaudit.load_rules(privaudit.pack_folders([]), {"en"}))
    text = b"# Privacy notice\n\nWe adhere to the Privacy Shield. You may complain to the supervisory authority.\n"
    document = privaudit.annotate(privaudit.read_document("privacy.md", text), rules.ruleset.languages, "en")
    verdicts = {verdict.rule: verdict for verdict in privaudit.audit(document, rules, date(2026, 11, 24))}
    assert verdicts["art13-2-d-complaint"].outcome is privaudit.Outcome.PRESENT
    assert verdicts["outdated-privacy-shield"].outcome is privaudit.Outcome.RELIED_ON
    evidence = verdicts["outdated-privacy-shield"].evidence[0]
    assert text.decode()[evidence.start : evidence.end] == evidence.quote


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "{'regex', 'rich', 'typer', 'yaml'}"
    code = f"import sys, privaudit; print(sorted({heavy} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
