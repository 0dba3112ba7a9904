"""Dates of rules: when a duty is in force and a mechanism valid, where a date is from, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from yaml.nodes import MappingNode, Node

from privaudit.model import Kind, Severity
from privaudit.rulepack.schema import Closing, Condition, Period, Place, Rule, Source
from privaudit.rulepack.yaml import FaultList, YamlFile

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NO_DAY = Period(date.max)


def parse_date(file: YamlFile, node: Node, what: str) -> date | None:
    """A day in ISO 8601; None, with a fault, where it is none."""
    text = file.text(node, what)
    if not text:
        return None
    try:
        # Other ways to write a day in ISO 8601, such as 20180525 and 2018-W21-5, are not for people.
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    file.fault(node, f"'{text}' is no date; write year-month-day such as 2018-05-25")
    return None


def parse_period(file: YamlFile, node: Node, what: str) -> Period:
    """A period of `from` and `until`, each a day or a day with its source."""
    entry = file.mapping(node, what, ("from", "until"))
    start, start_source = _day(file, entry["from"].value, "from") if "from" in entry else (None, Source())
    until, until_source = _day(file, entry["until"].value, "until") if "until" in entry else (None, Source())
    if start and until and until <= start:
        file.fault(node, f"{what} ends before it begins; 'until' is the first day no longer")
    return Period(start, until, start_source, until_source)


def parse_closing(file: YamlFile, node: Node) -> Closing | None:
    """What holds from the day on which nothing new may rest on a mechanism."""
    entry = file.mapping(node, "'closing'", ("from", "severity", "message"))
    if not {"from", "severity", "message"} <= entry.keys():
        if isinstance(node, MappingNode):
            file.fault(node, "'closing' needs from, severity and message; 'from' is the first day for nothing new")
        return None
    day, source = _day(file, entry["from"].value, "from")
    level = file.choice(entry["severity"].value, "severity", (*Severity, "none"))
    message = " ".join(file.text(entry["message"].value, "message").split())
    if day is None or not level:
        return None
    return Closing(day, None if level == "none" else Severity(level), message, source)


def _day(file: YamlFile, node: Node, what: str) -> tuple[date | None, Source]:
    if not isinstance(node, MappingNode):
        return parse_date(file, node, what), Source()
    entry = file.mapping(node, f"'{what}'", ("day", "source", "verified"))
    if "day" not in entry:
        file.fault(node, f"'{what}' lacks its day; write {{day: 2018-05-25, source: …}}")
        return None, Source()
    day = parse_date(file, entry["day"].value, "day")
    text = " ".join(file.text(entry["source"].value, "source").split()) if "source" in entry else ""
    verified = file.choice(entry["verified"].value, "value of verified", ("yes", "no")) if "verified" in entry else ""
    return day, Source(text, verified != "no")


def check_mechanisms(used: Iterable[tuple[str, Place]], rules: Mapping[str, Rule], faults: FaultList) -> None:
    """Faults where dates are asked of, or set for, a rule that has no mechanism."""
    for name, place in used:
        if name in rules and rules[name].kind is not Kind.OUTDATED:
            faults.add(
                place, f"'{name}' is a {rules[name].kind} rule; only an outdated rule has a mechanism with dates"
            )


def dated(rules: Sequence[Rule], valid: Mapping[str, Period]) -> tuple[Rule, ...]:
    """The rules with the dates that packs have set anew, in their sentences and in conditions that hang on them."""
    found = [_set_anew(rule, valid[rule.id]) if rule.id in valid else rule for rule in rules]
    periods = {rule.id: rule.valid for rule in found}
    return tuple(_spoken(_limited(rule, periods)) for rule in found)


def _set_anew(rule: Rule, new: Period) -> Rule:
    valid = rule.valid
    if new.start:
        valid = valid._replace(start=new.start, start_source=new.start_source)
    if new.until:
        valid = valid._replace(until=new.until, until_source=new.until_source)
    return rule._replace(valid=valid)


def _limited(rule: Rule, periods: Mapping[str, Period]) -> Rule:
    """The rule with the periods of its conditions."""
    if not any(condition.is_dated for condition in rule.conditions()):
        return rule

    def limit(condition: Condition) -> Condition:
        parts = tuple(limit(part) for part in condition.parts)
        period = None
        if condition.while_:
            period = periods.get(condition.while_)
        elif condition.after:
            ended = periods.get(condition.after, Period()).until
            period = Period(ended) if ended else _NO_DAY
        return condition._replace(parts=parts, period=period)

    return rule.changed(limit)._replace(is_dated=True)


def _spoken(rule: Rule) -> Rule:
    """The rule with its dates in place of `{from}`, `{until}` and `{closing}` in its messages."""
    if rule.kind is not Kind.OUTDATED:
        return rule
    days = {
        "{from}": (rule.valid.start, rule.valid.start_source),
        "{until}": (rule.valid.until, rule.valid.until_source),
    }
    if rule.closing:
        days["{closing}"] = (rule.closing.day, rule.closing.source)

    def spoken(message: str) -> str:
        for sign, (day, source) in days.items():
            message = message.replace(sign, in_words(day, source))
        return message

    messages = {outcome: spoken(message) for outcome, message in rule.messages.items()}
    closing = rule.closing._replace(message=spoken(rule.closing.message)) if rule.closing else None
    return rule._replace(messages=messages, closing=closing)


def in_words(day: date | None, source: Source) -> str:
    """A day for readers, such as `16 July 2020`; one that nobody has looked up is told as such."""
    if day is None:
        return "a day to come"
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return words if source.verified else f"about {words} (date not verified)"
