"""The plain script that `corpuscli split` is measured against.

    python benchmarks/plain_split.py dump.txt

It prints what most people want from a dump: the title, the paragraphs and the number of words of
each article, one JSON object per line. It reads the whole dump, splits it on three blank lines,
and takes the first line as the title. An earlier version printed the text of an article as one
string; `split` does more than that, so the comparison was not fair.
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    articles = file.read().split("\n\n\n\n")

for number, article in enumerate(articles, start=1):
    title, *paragraphs = [line.strip() for line in article.split("\n") if line.strip()] or [""]
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    record = {"number": number, "title": title, "paragraphs": paragraphs, "words": words}
    print(json.dumps(record))
