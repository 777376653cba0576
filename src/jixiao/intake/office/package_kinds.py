"""The two kinds of office package that are read and corrected."""

from jixiao.intake.packages import PackageKind

WORD_PACKAGE = PackageKind(
    folder="word/",
    main_part="word/document.xml",
    binary_part="word/document.bin",
    suffixes=(".docx", ".dotx"),
    macro_suffixes=(".docm", ".dotm"),
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    plain=".docx",
    programs=" Word 或 WPS ",
)
SHEET_PACKAGE = PackageKind(
    folder="xl/",
    main_part="xl/workbook.xml",
    binary_part="xl/workbook.bin",
    suffixes=(".xlsx", ".xltx"),
    macro_suffixes=(".xlsm", ".xltm"),
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    plain=".xlsx",
    programs=" Excel 或 WPS ",
)
