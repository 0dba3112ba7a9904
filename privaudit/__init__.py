"""privaudit: audits privacy notices against GDPR Art. 13 and 14.

The public face, for use from Python::

    from datetime import date
    from privaudit import CompiledRules, annotate, audit, load_rules, pack_folders, read_document

    rules = CompiledRules(load_rules(pack_folders([])))
    document = annotate(read_document("privacy.md", data), rules.ruleset.languages)
    verdicts = audit(document, rules, date.today())
"""

from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.document import Document
    from privaudit.engine import CompiledRules, audit
    from privaudit.errors import InputError, PrivauditError, RuleError
    from privaudit.language import annotate
    from privaudit.model import Evidence, Kind, Outcome, Report, Severity, Verdict
    from privaudit.read import read_document
    from privaudit.rulepack.layout import pack_folders
    from privaudit.rulepack.load import load_rules

__version__ = "0.1.0"

__all__ = [
    "CompiledRules",
    "Document",
    "Evidence",
    "InputError",
    "Kind",
    "Outcome",
    "PrivauditError",
    "Report",
    "RuleError",
    "Severity",
    "Verdict",
    "annotate",
    "audit",
    "load_rules",
    "pack_folders",
    "read_document",
]

# Where each name lives. Imported when first asked for: the command line starts without most of them.
_HOMES = {
    "CompiledRules": "privaudit.engine",
    "audit": "privaudit.engine",
    "Document": "privaudit.document",
    "InputError": "privaudit.errors",
    "PrivauditError": "privaudit.errors",
    "RuleError": "privaudit.errors",
    "annotate": "privaudit.language",
    "Evidence": "privaudit.model",
    "Kind": "privaudit.model",
    "Outcome": "privaudit.model",
    "Report": "privaudit.model",
    "Severity": "privaudit.model",
    "Verdict": "privaudit.model",
    "read_document": "privaudit.read",
    "load_rules": "privaudit.rulepack.load",
    "pack_folders": "privaudit.rulepack.layout",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'privaudit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)
