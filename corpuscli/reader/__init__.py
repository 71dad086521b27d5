"""Turn blocks of UTF-8 into articles: where each part of them is, and on what evidence."""
