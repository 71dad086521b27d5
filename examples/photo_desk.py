"""Whose photos, from where, and how old? A notebook's worth of pandas over one dump."""

import sys

import pandas as pd

from corpuscli import read_articles

articles = pd.DataFrame(article.to_dict() for article in read_articles(sys.argv[1]))
photos = pd.DataFrame(articles["captions"].explode().dropna().tolist())
photos["year"] = pd.to_datetime(photos["date"]).dt.year.astype("Int64")

print(f"{len(articles)} articles, {articles['words'].sum()} words, {len(photos)} photos")
print(photos.groupby("year").size().rename("photos").to_string())
print(photos["credit"].str.split("/").str[-1].str.strip().value_counts().head(3).to_string())
print(articles.nlargest(3, "words")[["number", "words", "title"]].to_string(index=False))
