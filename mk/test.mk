# Tests: `make test`, `make test K=name`, `make test-debug K=name`. Included by the Makefile,
# which sets ARCH, B (build/$(ARCH)) and K and defines `all`. docs/testing.md says what is
# tested and how.

TEST_GDB_PORT := 1234

.PHONY: test test-debug test-clean
test: all test-clean
	@$(MAKE) --no-print-directory cmdline APPEND=
	@ARCH=$(ARCH) ZT_BUILD=$(B) tests/run $(if $(K),-k "$(K)")

# One test with gdb in front: every guest waits for gdb before its first instruction, and the
# time-outs are a thousand times longer. pytest's own output goes to a file.
test-debug: all test-clean
	@ARCH=$(ARCH) ZT_BUILD=$(B) ZT_GDB=$(TEST_GDB_PORT) tests/run -k "$(K)" >$(B)/test-debug.log 2>&1 & \
	runner=$$!; trap "kill $$runner" EXIT; sleep 4; \
	gdb-multiarch -q $(B)/vmlinux $(foreach f,$(wildcard tools/gdb/*.py),-x $(f)) \
		-ex 'target remote :$(TEST_GDB_PORT)'; \
	cat $(B)/test-debug.log

test-clean:
	@rm -rf $(B)/tests
