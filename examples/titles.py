import sys

from corpuscli import read_articles

for article in read_articles(sys.argv[1]):
    print(article.number, article.words, article.title)
