"""What changed between two versions of a sub-plan. Plain values in, differences out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FieldChange:
    """A field that reads otherwise; `old` or `new` is empty where there was or is nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """An activity that was added, removed or changed, by the key it keeps in every version."""

    key: str
    kind: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Edition:
    """One version as shown to a person: labelled texts, activities by key, files by hash."""

    texts: Mapping[str, str]
    activities: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    texts: tuple[FieldChange, ...]
    activities: tuple[RowChange, ...]
    files: tuple[FieldChange, ...]
    targets: tuple[FieldChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.activities or self.files or self.targets)

    @property
    def changed_keys(self) -> frozenset[str]:
        return frozenset(row.key for row in self.activities)

    @property
    def changed_labels(self) -> frozenset[str]:
        return frozenset(field.label for field in self.texts)


TITLE = "Nội dung hoạt động"


def compare(old: Edition, new: Edition) -> Difference:
    return Difference(
        texts=changed_fields(old.texts, new.texts),
        activities=_rows(old, new),
        files=_files(old, new),
        targets=changed_fields(old.targets, new.targets),
    )


def changed_fields(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*new, *old])
        if old.get(label, "") != new.get(label, "")
    )


def _rows(old: Edition, new: Edition) -> tuple[RowChange, ...]:
    changes = []
    for key in dict.fromkeys([*new.activities, *old.activities]):
        before, after = old.activities.get(key), new.activities.get(key)
        fields = changed_fields(before or {}, after or {})
        if not fields:
            continue
        kind = "added" if before is None else "removed" if after is None else "changed"
        changes.append(RowChange(key, kind, (after or before or {}).get(TITLE, ""), fields))
    return tuple(changes)


def _files(old: Edition, new: Edition) -> tuple[FieldChange, ...]:
    gone = [FieldChange("Gỡ tệp", name, "") for h, name in old.files.items() if h not in new.files]
    come = [
        FieldChange("Thêm tệp", "", name) for h, name in new.files.items() if h not in old.files
    ]
    return (*gone, *come)
