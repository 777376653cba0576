// Made by tools/build_catalogue.py from locale/en/LC_MESSAGES/scripts.po.
window.jixiaoWords = {};
