"""JSON Lines: a document a line, as in the JSON report, and the summary in the last one."""

from __future__ import annotations

import json

from privaudit.model import Report
from privaudit.render.json import as_data, writable


def render(report: Report) -> str:
    """The report in lines, each a JSON object."""
    data = as_data(report)
    documents = data.pop("documents")
    # What is the same for all documents, but for the rules, which a reader of lines can do without.
    del data["rules"]
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (*documents, data)]
    return writable("".join(f"{line}\n" for line in lines))
