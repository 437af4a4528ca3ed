# Tests: `make test`, `make test K=name`, `make test-debug K=name`, `make soak`; `make bench` and
# `make profile ROW=name`. Included by the Makefile, which sets ARCH, B (build/$(ARCH)), K, and
# TEST_ARCHS, the machines to be tested: the one that ARCH asks for, or all. docs/testing.md says
# what is tested and how, docs/speed.md what is measured.

MINUTES	?= 30
SEED	?=

.PHONY: test test-ready test-debug test-clean soak bench profile
test:
	@tools/setup $(TEST_ARCHS)
	@for a in $(TEST_ARCHS); do \
		$(MAKE) --no-print-directory ARCH=$$a test-ready || exit 1; done
	@ARCH="$(TEST_ARCHS)" ZT_BUILD="$(subst build/$(ARCH),build/%s,$(B))" \
		tests/run $(if $(K),-k "$(K)")

# All that the tests of one machine need.
test-ready: all test-clean
	@$(MAKE) --no-print-directory $(B)/guests.img $(V012_DISK)
	@$(MAKE) --no-print-directory cmdline APPEND=

# Two hours at most are waited for beyond the time asked for: the last rounds take their time.
soak: test-ready
	@ARCH=$(ARCH) ZT_BUILD=$(B) SOAK_MINUTES=$(MINUTES) SOAK_SEED=$(SEED) \
		TEST_LIMIT=$$(($(MINUTES) * 60 + 7200)) tests/run $(if $(K),-k "$(K)") tests/soak.py

test-debug: all test-clean
	@ARCH=$(ARCH) tests/debug $(B) "$(K)"

# ROW= measures one row only; RECORD=1 writes what was measured into tests/bench.$(ARCH).
bench: all
	@$(MAKE) --no-print-directory cmdline APPEND=
	@ARCH=$(ARCH) ZT_BUILD=$(B) $(PYTHON) -B tests/bench.py $(if $(RECORD),--record) $(ROW)

profile: all
	@$(MAKE) --no-print-directory cmdline APPEND=
	@ARCH=$(ARCH) ZT_BUILD=$(B) $(PYTHON) -B tools/profile $(ROW) $(FUNCTION)

test-clean:
	@rm -rf $(B)/tests
