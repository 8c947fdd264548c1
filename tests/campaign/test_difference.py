from campaign.difference import TITLE, Edition, FieldChange, RowChange, compare

OLD = Edition(
    texts={"Số": "1", "Chủ đề": "A"},
    activities={"k1": {TITLE: "Hội thi", "Địa điểm": "Sân"}, "k2": {TITLE: "Hội diễn"}},
    files={"h1": "ke-hoach.pdf"},
)


def test_nothing_changed_is_empty():
    difference = compare(OLD, OLD)

    assert difference.is_empty


def test_texts_activities_and_files_are_compared_each_by_what_it_keeps():
    new = Edition(
        texts={"Số": "2", "Chủ đề": "A"},
        activities={"k1": {TITLE: "Hội thi", "Địa điểm": "Nhà"}, "k3": {TITLE: "Lễ"}},
        files={"h2": "ke-hoach.pdf"},
    )

    difference = compare(OLD, new)

    assert difference.texts == (FieldChange("Số", "1", "2"),)
    assert difference.activities == (
        RowChange("k1", "changed", "Hội thi", (FieldChange("Địa điểm", "Sân", "Nhà"),)),
        RowChange("k3", "added", "Lễ", (FieldChange(TITLE, "", "Lễ"),)),
        RowChange("k2", "removed", "Hội diễn", (FieldChange(TITLE, "Hội diễn", ""),)),
    )
    assert difference.files == (
        FieldChange("Gỡ tệp", "ke-hoach.pdf", ""),
        FieldChange("Thêm tệp", "", "ke-hoach.pdf"),
    )
    assert difference.changed_keys == {"k1", "k2", "k3"}
    assert difference.changed_labels == {"Số"}
