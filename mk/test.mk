# Tests: `make test`, `make test K=name`, `make test-debug K=name`. Included by the Makefile,
# which sets ARCH, B (build/$(ARCH)), K, and TEST_ARCHS, the machines to be tested: the one that
# ARCH asks for, or all. docs/testing.md says what is tested and how.

.PHONY: test test-ready test-debug test-clean
test:
	@tools/setup $(TEST_ARCHS)
	@for a in $(TEST_ARCHS); do \
		$(MAKE) --no-print-directory ARCH=$$a test-ready || exit 1; done
	@ARCH="$(TEST_ARCHS)" $(if $(filter 1,$(words $(TEST_ARCHS))),ZT_BUILD=$(B)) \
		tests/run $(if $(K),-k "$(K)")

# All that the tests of one machine need.
test-ready: all test-clean
	@$(MAKE) --no-print-directory $(B)/guests.img
	@$(MAKE) --no-print-directory cmdline APPEND=

test-debug: all test-clean
	@ARCH=$(ARCH) tests/debug $(B) "$(K)"

test-clean:
	@rm -rf $(B)/tests
