"""privaudit beside other tools that look for words in texts, whole processes over the same policies in one run.

    python benchmarks/peers.py FOLDER... [--patterns 100] [--runs N]

FOLDER holds real policies, which are read where they are. Each tool is started anew for all documents, in turn; medians
of wall time count. `rg`, textlint and semgrep get as many patterns of the built-in pack, in the form that they take;
proselint has its own checks; privaudit audits by all its rules. What is not installed is left out with a line that says
so. README.md says how the others are installed.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from yardstick import builtin_rules, documents, pattern_entries

from privaudit.match.pattern import translate

LOOP = """
import sys, regex
patterns = [regex.compile(line, regex.I) for line in open(sys.argv[1], encoding="utf-8").read().splitlines()]
for path in sys.argv[2:]:
    text = open(path, encoding="utf-8").read()
    for pattern in patterns:
        for _ in pattern.finditer(text):
            pass
"""
RULE = """
const patterns = require("fs").readFileSync(__dirname + "/words.txt", "utf8").split("\\n").filter(Boolean)
  .map((line) => new RegExp(line, "giu"));
module.exports = ({ Syntax, RuleError, report, getSource }) => ({
  [Syntax.Str](node) {
    const text = getSource(node);
    for (const pattern of patterns) for (const hit of text.matchAll(pattern)) report(node, new RuleError(hit[0]));
  },
});
"""


def simple(patterns: list[str]) -> list[str]:
    """Those of the patterns that all tools understand: ASCII alone, no look-around, no escaped quotes, no comments."""
    plain = [re.sub(r"""\\(["'])""", r"\1", pattern) for pattern in patterns]
    return [pattern for pattern in plain if pattern.isascii() and not re.search(r"\(\?[=!<]|\\[pPN]|#", pattern)]


def semgrep_rules(sources: list[str]) -> str:
    """The patterns as rules of semgrep; JSON is YAML."""
    rules = [
        {
            "id": f"word-{number}",
            "languages": ["generic"],
            "severity": "INFO",
            "message": "a word",
            "pattern-regex": f"(?i){source}",
        }
        for number, source in enumerate(sources)
    ]
    return json.dumps({"rules": rules})


def commands(work: Path, files: list[str], sources: list[str]) -> dict[str, list[str]]:
    """The command of each tool."""
    words, loop, rules = work / "words.txt", work / "loop.py", work / "rules.yaml"
    words.write_text("\n".join(sources) + "\n", encoding="utf-8")
    loop.write_text(LOOP, encoding="utf-8")
    rules.write_text(semgrep_rules(sources), encoding="utf-8")
    (work / "word-list.js").write_text(RULE, encoding="utf-8")
    (work / "textlintrc.json").write_text(json.dumps({"rules": {"word-list": True}}), encoding="utf-8")
    textlint = ["textlint", "--rulesdir", str(work), "--config", str(work / "textlintrc.json"), "-f", "json"]
    return {
        "privaudit, all rules": [sys.executable, "-m", "privaudit", "check", "--isolated", "--format", "json", *files],
        "plain regex loop": [sys.executable, str(loop), str(words), *files],
        "ripgrep": ["rg", "-i", "-o", "-f", str(words), *files],
        "ripgrep, no Unicode": ["rg", "-i", "-o", "--no-unicode", "-f", str(words), *files],
        "proselint": ["proselint", "check", *files],
        "textlint": [*textlint, *files],
        "semgrep": [
            *("semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json"),
            *("--config", str(rules), "--no-git-ignore", "--jobs", "1", *files),
        ],
    }


def main() -> None:
    """Measures what is installed, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--patterns", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    rules = builtin_rules()
    texts = documents(options.folder, rules)[: options.documents]
    entries = [entry for entry in pattern_entries(rules, "en") if not entry.exact]
    sources = simple([translate(entry.pattern or "") for entry in entries])
    chosen = [sources[number * len(sources) // options.patterns] for number in range(options.patterns)]
    told: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        files = []
        for number, text in enumerate(texts):
            # Names that say nothing to a tool, and Markdown for all.
            files.append(str(work / f"policy-{number}.md"))
            Path(files[-1]).write_bytes(text.data)
        known = commands(work, files, chosen)
        there = {tool: command for tool, command in known.items() if shutil.which(command[0])}
        told += [f"{tool}: {known[tool][0]} is not installed" for tool in known if tool not in there]
        taken: dict[str, list[float]] = {tool: [] for tool in there}
        for run in range(options.runs + 1):
            for tool, command in there.items():
                start = time.perf_counter()
                done = subprocess.run(command, capture_output=True, check=False, cwd=work)
                if run:
                    taken[tool].append(time.perf_counter() - start)
                elif done.returncode > 1 and not done.stdout:
                    told.append(f"{tool}: {done.stderr.decode(errors='replace').strip()[:200]}")
    size = sum(len(text.data) for text in texts)
    print(f"{len(texts)} documents, {size:,} bytes, {len(chosen)} patterns; seconds, and a document:")  # noqa: T201
    for tool, times in taken.items():
        median = statistics.median(times)
        told.append(f"{tool:22} {median:7.2f} s {1000 * median / len(texts):8.1f} ms")
    print("\n".join(told))  # noqa: T201


if __name__ == "__main__":
    main()
