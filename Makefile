# What a person needs: make demo, make test, make install. Everything that is missing is installed with apt-get.
SHELL := /bin/bash
PREFIX ?= /usr/local
PACKAGES := zlib1g-dev libisal-dev libzstd-dev libbz2-dev liblzma-dev libmaxminddb-dev libssl-dev libsqlite3-dev
TEST_PACKAGES := gzip zstd bzip2 xz-utils valgrind binutils
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
ASSAY := .build/release/assay

.PHONY: demo test check lint build install uninstall bench packages test-packages clean

demo: build  ## Audit the example logs to a report on the screen
	@$(ASSAY) audit fixtures/demo/access-1.log fixtures/demo/access-2.log --lists fixtures/demo/lists

# Swift's own libraries go into the program: it then runs where no toolchain is, and takes
# 76 instead of 92 million instructions to start (callgrind, a log of 20 lines).
build: packages  ## Build the program
	@swift build -c release --product assay --static-swift-stdlib

test: packages test-packages lint  ## Everything that must hold
	swift build --build-tests
	swift test --skip-build --parallel
	Benchmarks/budgets/check.sh

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

packages:
	@missing=(); for name in $(PACKAGES); do dpkg -s $$name >/dev/null 2>&1 || missing+=($$name); done; \
	if [ $${#missing[@]} -gt 0 ]; then \
	  echo "Installing $${missing[*]}"; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $${missing[*]} >/dev/null; \
	fi

test-packages:
	@$(MAKE) --no-print-directory packages PACKAGES="$(TEST_PACKAGES)"

install: build  ## Put program, man page and completions in place (PREFIX=/usr/local)
	install -D -s -m 755 $(ASSAY) $(DESTDIR)$(PREFIX)/bin/assay
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(ASSAY) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay
	$(ASSAY) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay
	$(ASSAY) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish
	rm -rf .build/manual && mkdir -p .build/manual
	swift package --allow-writing-to-package-directory generate-manual --multi-page --output-directory .build/manual
	for page in .build/manual/*.1; do awk -f Manual/tidy.awk $$page > $$page.tidy && mv $$page.tidy $$page || exit 1; done
	install -m 644 .build/manual/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/assay $(DESTDIR)$(PREFIX)/share/man/man1/assay.1 \
	  $(DESTDIR)$(PREFIX)/share/man/man1/assay.*.1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish

bench: build  ## Beside its peers on one simulated log (minutes; see Benchmarks/README.md)
	Benchmarks/compare.sh

clean:
	swift package clean
