"""The script that anybody would write: read all, split on four newlines, print each as JSON.

python benchmarks/plain_split.py dump.txt
"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    articles = file.read().split("\n\n\n\n")

for number, article in enumerate(articles, start=1):
    print(json.dumps({"number": number, "text": article}))
