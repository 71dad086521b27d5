# Every dump as clean text and as JSON Lines: make -f dumps.mk -j 4
DUMPS := $(filter-out %.clean.txt, $(wildcard *.txt))

all: $(DUMPS:.txt=.clean.txt) $(DUMPS:.txt=.jsonl)

%.clean.txt: %.txt
	corpuscli dedupe-captions -o $@ $<

# Not '> $@' alone: make would take half a file for a whole one.
%.jsonl: %.txt
	corpuscli split $< > $@.part
	mv $@.part $@

.PHONY: all
