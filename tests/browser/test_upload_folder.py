"""A department's folder, chosen or dropped: hundreds of files, their names within it, the progress."""

import pytest

EXPECT = pytest.importorskip("playwright.sync_api").expect

_DROPPED = """async () => {
    const { foldered } = await import("/static/ui/folders.js");
    const file = (path) => ({isFile: true, fullPath: path, file: (done) => done(new File(["x"], path.split("/").pop()))});
    const folder = (path, ...batches) => ({isFile: false, fullPath: path,
        createReader: () => ({readEntries: (done) => done(batches.shift() || [])})});
    const inner = folder("/民政局/二月", [file("/民政局/二月/丙.docx")]);
    const outer = folder("/民政局", [file("/民政局/甲.docx"), inner], [file("/民政局/乙.docx")]);
    const found = await foldered({items: [{webkitGetAsEntry: () => outer}], files: []});
    return found.map((one) => one.path);
}"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "民政局"
    (made / "下属单位").mkdir(parents=True)
    for number in range(400):
        text = f"单位{number},金额\n甲,{number}\n"
        (made / "下属单位" / f"表{number}.csv").write_text(text, encoding="utf-8")
    for left in ("Thumbs.db", "~$表1.docx", ".DS_Store"):
        (made / left).write_bytes(b"x")
    return made


def test_four_hundred_files_of_a_chosen_folder_come_to_the_page_of_their_progress(visit, folder):
    page = visit("taole", "/documents")
    page.set_input_files("#folder", folder)
    EXPECT(page.locator("#upload-words")).to_contain_text("已选 400 个文件")
    page.get_by_role("button", name="上传并读取").click()
    page.wait_for_url("**/imports/*", timeout=60_000)
    EXPECT(page.locator("main")).to_contain_text("/ 400 个文件")
    EXPECT(page.locator("table.list tbody tr")).to_have_count(400)
    EXPECT(page.locator("table.list tbody")).to_contain_text("民政局/下属单位/表0.csv")
    assert "Thumbs.db" not in page.inner_text("table.list tbody")


def test_more_than_fit_is_said_before_anything_is_sent(visit, tmp_path):
    page = visit("taole", "/documents")
    many = [
        {"name": f"{number}.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}
        for number in range(501)
    ]
    page.set_input_files("#files", many)
    EXPECT(page.locator("#upload-trouble")).to_contain_text("一次最多 500 个文件")
    page.get_by_role("button", name="上传并读取").click()
    assert page.url.endswith("/documents")


def test_a_dropped_folder_is_walked_to_its_end(visit):
    page = visit("taole", "/documents")
    assert page.evaluate(_DROPPED) == [
        "民政局/甲.docx", "民政局/二月/丙.docx", "民政局/乙.docx",
    ]  # fmt: skip
