.DEFAULT_GOAL := help
help:
	@echo "make demo | make test"
