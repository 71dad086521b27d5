# Every dump as clean text and as JSON Lines: make -f dumps.mk -j 4
DUMPS := $(filter-out %.clean.txt, $(wildcard *.txt))

all: $(DUMPS:.txt=.clean.txt) $(DUMPS:.txt=.jsonl)

%.clean.txt: %.txt
	corpuscli dedupe-captions -o $@ $<

# The file appears whole or not at all, so make never takes a half-written file for a complete one.
%.jsonl: %.txt
	corpuscli split --force -o $@ $<

.PHONY: all
