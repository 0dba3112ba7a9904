"""Starter rules: a commented file that loads, whose examples hold, to be overwritten piece by piece."""

from __future__ import annotations

import re
from pathlib import Path

from privaudit.errors import UsageError
from privaudit.model import Kind

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_HEAD = """\
# A rule of your own. Try it:   privaudit rules test {file}
# Use it:                       privaudit check POLICY --rules {file}
# The format is explained in rules/README.md; `privaudit rules explain {id}` shows how the rule is read.

id: {id}
title: {title}
kind: {kind}
"""

_DISCLOSURE = """\
# What a notice without the disclosure weighs: error, warning, note or none. A partial one weighs one step less.
severity: warning
# The article, judgment or house rule behind it; the first is shown beside each finding.
references:
  - House rule 1
why: |
  Readers who want to know more must learn from the notice whom to ask.
remedy: |
  Name the team that answers questions about personal data, and an address at which it can be reached.
messages:
  missing: The notice does not name the privacy team.
  partial: The notice names the privacy team, but no way to reach it.
# The words of both concepts must meet in one block: a paragraph, or a list with the sentence that introduces it.
present:
  all: [{id}-team, {id}-address]
  within: block
# Asked only where `present` fails.
partial:
  any: [{id}-team]
# Words of single rules may stand here; those of a pack stand in words/en/.
words:
  en:
    {id}-team:
      - privacy team
      - data protection team
    {id}-address:
      # Looks at link targets and e-mail addresses.
      - {{link: 'mailto:'}}
      - write to
# Texts that must bring the rule to the outcome under which they stand.
examples:
  en:
    present:
      - Our privacy team answers your questions at [our address](mailto:privacy@example.com).
      - Please write to our data protection team, 1 Example Street.
    partial:
      - Our privacy team is happy to help.
    missing:
      - Please write to our sales team about an order.
"""

_OUTDATED = """\
# What relying on the mechanism weighs: error, warning, note or none. A mere mention is no finding.
severity: warning
# The article, judgment or house rule behind it; the first is shown beside each finding.
references:
  - House rule 1
why: |
  The Example Seal was withdrawn; a notice that still claims it misleads its readers.
remedy: |
  Take the claim away, or name the certification that you hold today.
messages:
  relied-on: The notice claims the Example Seal, which was withdrawn.
# When the mechanism was good; `until` is the first day no longer.
valid: {{from: 2015-01-01, until: 2021-07-01}}
# Each hit of these words is a mention of the mechanism.
find:
  any: [{id}-name]
# For each mention, the first line that holds decides; the words are looked for in its sentence.
stance:
  - {{is: mentioned, when: {{any: [{id}-gone]}}}}
  - {{is: relied-on, when: {{any: [{id}-claimed]}}}}
  - {{is: mentioned}}
# Words of single rules may stand here; those of a pack stand in words/en/.
words:
  en:
    {id}-name:
      - Example Seal
    {id}-gone:
      # {{it}} stands for the mechanism just found; ' … ' for up to six words.
      - '{{it}} was … withdrawn'
      - no longer hold … {{it}}
    {id}-claimed:
      - certified under … {{it}}
      - we hold … {{it}}
# Texts that must bring the rule to the outcome under which they stand.
examples:
  en:
    relied-on:
      - We are certified under the Example Seal.
      - To protect you, we hold the Example Seal.
    mentioned:
      - The Example Seal was finally withdrawn in 2021.
      - We no longer hold the Example Seal.
    absent:
      - We are certified under the seal of another scheme.
"""

_PRACTICE = """\
# What a passage like this weighs: error, warning, note or none.
severity: warning
# The article, judgment or house rule behind it; the first is shown beside each finding.
references:
  - House rule 1
why: |
  Readers cannot tell what is done with their data from a sentence that leaves everything open.
remedy: |
  Say which data are used, and for what.
messages:
  found: The notice leaves open what the data are used for.
# The words must meet in one sentence; each such sentence is a finding.
find:
  all: [{id}-open, {id}-data]
  within: sentence
# Words of single rules may stand here; those of a pack stand in words/en/.
words:
  en:
    {id}-open:
      # ' … ' stands for up to six words.
      - for any … purpose
      - as we see fit
    {id}-data:
      - your (?:personal )?(?:data|information)
# Texts that must bring the rule to the outcome under which they stand.
examples:
  en:
    found:
      - We may use your personal data for any business purpose.
      - We use your information as we see fit.
    absent:
      - We use your information to send you the newsletter.
      - We arrange the shop as we see fit.
"""

_BODIES = {Kind.DISCLOSURE: _DISCLOSURE, Kind.OUTDATED: _OUTDATED, Kind.PRACTICE: _PRACTICE}


def new_rule(rule_id: str, kind: Kind, folder: Path) -> tuple[Path, ...]:
    """Writes a starter rule into `folder`, which is made where it does not exist, and returns the files written.

    Raises UsageError for an id that is not kebab-case, a file that exists already, and a folder that cannot be written.
    """
    if not _ID.fullmatch(rule_id):
        raise UsageError(f"'{rule_id}' is no rule id; write small letters and digits joined by hyphens: house-contact")
    path = folder / f"{rule_id}.yaml"
    title = rule_id.replace("-", " ").capitalize()
    text = (_HEAD + _BODIES[kind]).format(id=rule_id, kind=kind, title=title, file=path.as_posix())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        what = path if folder.is_dir() else folder
        raise UsageError(f"{what} exists already; choose another id or folder") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from None
    return (path,)
