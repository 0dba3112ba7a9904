"""What has changed since a revision: which documents are audited again, and what they were then."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from privaudit.discover import Source, shown
from privaudit.errors import UsageError
from privaudit.git import ChangedFile, ChangeKind, Difference, Repository, find_repository
from privaudit.read.formats import SUFFIXES
from privaudit.record import NamedTuple


class Past(NamedTuple):
    """A revision, by the name that the user gave it and by its commit, and what the working tree has changed since."""

    revision: str
    repository: Repository
    commit: str
    difference: Difference

    def change(self, path: str) -> ChangedFile | None:
        """How a document differs, None if it does not; raises `UsageError` for one outside the repository."""
        inside = self.repository.inside(Path(path).absolute())
        if inside is None:
            raise UsageError(f"--since: {path}: lies outside the repository; audit it without --since")
        return self.difference.of(inside)

    def changed(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """The sources that differ."""
        return tuple(source for source in sources if self.change(source.path) is not None)

    def deleted(self, paths: Sequence[str]) -> Iterator[str]:
        """The documents that the revision had below these paths and that are gone, by their paths."""
        asked = [Path(path).resolve() for path in paths]
        for change in self.difference.changes:
            whole = self.repository.root / change.path
            document = change.kind is ChangeKind.DELETED and whole.suffix.lower() in SUFFIXES
            if document and any(whole.is_relative_to(one) for one in asked):
                yield shown(whole)

    def before(self, sources: Sequence[Source], together: Container[str], max_bytes: int) -> list[Source]:
        """The same documents as they were in the revision, under the paths that they have now.

        A file that was not there is left out; one that has not changed, such as a part of a notice, is as it is.
        Raises `UsageError` where git cannot give a file.
        """
        found = []
        for one in sources:
            change = self.change(one.path)
            if change is None:
                found += [one] if one.path in together else []
            elif change.old is not None:
                found.append(self.then(one.path, change.old, max_bytes))
        return found

    def then(self, path: str, old: str, max_bytes: int) -> Source:
        """A file of the revision, `old`, under the path that it has now."""
        entry = self.repository.entry(self.commit, old, self.repository.root)
        if entry.size > max_bytes:
            return Source(path, True, None, f"larger than {max_bytes:,} bytes (--max-bytes)")
        return Source(path, True, self.repository.read(entry))


def past_of(revision: str) -> Past:
    """A revision of the repository around the current folder; raises `UsageError` where there is none."""
    try:
        repository = find_repository(Path.cwd())
        commit = repository.commit(revision)
        return Past(revision, repository, commit, repository.difference(commit))
    except UsageError as error:
        raise UsageError(f"--since: {error}") from None
