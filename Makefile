# The only task runner; continuous integration calls the same recipes.
.PHONY: run test check unit soak mutations clients endpoints e2e screenshots figures bench endurance package tools packages packages-window ui clean
.DEFAULT_GOAL := run

NPM := npm --prefix ui
CARGO ?= cargo
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
BIN := $(TARGET)/debug
# A data folder with a million deliveries, for `make figures`.
MILLION := $(TARGET)/million
# A private X server, session bus and WebKit driver for everything that opens the window.
XVFB := xvfb-run -a -s "-screen 0 1280x900x24" dbus-run-session --

run: tools packages ui ## Build Waybill and open its window on the embedded sandbox
	$(CARGO) build --workspace --bins
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  exec $(BIN)/waybill-desktop; \
	else \
	  echo "No display: running 'waybill verify' on the embedded sandbox instead of opening the window."; \
	  exec $(BIN)/waybill verify; \
	fi

test: check unit clients endpoints e2e ## Everything: format, lints, types, unit, integration, foreign clients and the real window

check: tools packages ui ## Format, clippy with warnings denied, TypeScript
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(NPM) run check

unit: tools packages ui ## Unit and integration tests, of Rust and of the pages
	$(CARGO) test --workspace --locked
	git diff --exit-code -- ui/src/ipc/bindings
	$(NPM) test

clients: tools packages ui ## The whole flow and exported code by boto3, the AWS CLI and foreign parsers, from PyPI, against the sandbox
	.ci/clients $(TARGET)/clients
	WAYBILL_CLIENTS=$(TARGET)/clients $(CARGO) test --workspace --locked --test clients -- --include-ignored

endpoints: tools packages ui ## What works on moto and MiniStack, from PyPI, beside docs/endpoints.md
	.ci/endpoints $(TARGET)/endpoints
	WAYBILL_ENDPOINTS=$(TARGET)/endpoints $(CARGO) test --workspace --locked --test endpoints -- --include-ignored

e2e: tools packages-window ui ## Tests in the real window, under Xvfb through WebKitGTK's own WebDriver
	$(CARGO) test --workspace --locked --no-run
	$(XVFB) $(CARGO) test --workspace --locked --test e2e -- --ignored --test-threads=1

screenshots: tools packages-window ui ## Pictures of each view in each state, taken from the real window, into docs/screenshots
	$(CARGO) test --workspace --locked --no-run
	$(XVFB) $(CARGO) test --workspace --locked --test screenshots -- --ignored --test-threads=1

figures: tools packages-window ui $(MILLION) ## Start, frames and memory of the real window on this machine: WAYBILL_STREAM=300000, RELEASE=--release
	$(CARGO) test --workspace --locked $(RELEASE) --no-run
	WAYBILL_MILLION=$(MILLION) $(XVFB) $(CARGO) test --workspace --locked $(RELEASE) --test figures -- --ignored --test-threads=1 --nocapture

$(MILLION):
	$(CARGO) run --release --locked -p waybill-store --example pages -- 1000000 $@

bench: tools packages ## Speed of the event pattern language beside other ways to match, what a proof costs beside a bare loop over the SDK, and pages of a million deliveries
	$(CARGO) bench -p waybill-pattern --locked
	$(CARGO) build --release --locked -p waybill-cli
	$(CARGO) run --release --locked -p waybill-delivery --example burst -- $(or $(CARGO_TARGET_DIR),target)/release/waybill
	$(CARGO) run --release --locked -p waybill-store --example pages

endurance: tools packages ## Half an hour at five events per second, or MINUTES=5: memory, descriptors, latency
	$(CARGO) build --release --locked -p waybill-cli
	$(CARGO) run --release --locked -p waybill-delivery --example endurance -- --minutes $(or $(MINUTES),30) $(or $(CARGO_TARGET_DIR),target)/release/waybill

soak: tools ## Worlds of a proof by the hundred thousand: SEEDS=100000, or SEED=7 for the story of one
	$(CARGO) build --profile soak --locked -p waybill-simulation --example soak
	$(or $(CARGO_TARGET_DIR),target)/soak/examples/soak $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),100000) $(if $(SEEDS),$(if $(filter 100000,$(SEEDS)),--least 1000),--least 1000))

mutations: tools ## Breaks tracker and engine on purpose, and says in how many worlds each was noticed
	tests/mutations/run $(SEEDS)

package: tools packages ui ## The .deb
	ui/node_modules/.bin/tauri build --bundles deb

tools:
	@.ci/tools

packages: tools
	@.ci/packages build

packages-window: tools
	@.ci/packages window

ui: ui/dist/.built

ui/dist/.built: ui/node_modules/.package-lock.json ui/index.html ui/vite.config.ts ui/tsconfig.json $(shell find ui/src -type f 2>/dev/null)
	$(NPM) run build
	@touch $@

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json | tools
	$(NPM) ci --no-audit --no-fund
	@touch $@

clean:
	rm -rf target ui/dist ui/node_modules gen
