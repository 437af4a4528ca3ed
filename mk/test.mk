# Tests: `make test`, `make test K=name`, `make test-debug K=name`. Included by the Makefile,
# which sets ARCH, B (build/$(ARCH)) and K and defines `all`. docs/testing.md says what is
# tested and how.

.PHONY: test test-debug test-clean
test: all test-clean
	@$(MAKE) --no-print-directory $(B)/guests.img
	@$(MAKE) --no-print-directory cmdline APPEND=
	@ARCH=$(ARCH) ZT_BUILD=$(B) tests/run $(if $(K),-k "$(K)")

test-debug: all test-clean
	@ARCH=$(ARCH) tests/debug $(B) "$(K)"

test-clean:
	@rm -rf $(B)/tests
