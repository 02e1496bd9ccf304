# Two commands are all a newcomer needs: make run, make test.
# They ask for Go and make; everything else is in the module cache.

export CGO_ENABLED ?= 0

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse --short HEAD 2>/dev/null || echo unknown)
DATE    := $(shell git log -1 --format=%cI 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)
BUILD   := go build -trimpath -ldflags '$(LDFLAGS)'

# What make deps installs, for make test-system only.
PACKAGES := tmux pcscd vsmartcard-vpcd util-linux mount e2fsprogs

.PHONY: run test test-race test-system deps lint bench soak build

run: build ## the practice counter: invented people, a throw-away database
	@bin/schalter demo

build: ## the program as bin/schalter
	@$(BUILD) -o bin/schalter ./cmd/schalter

test: ## every test that needs nothing but Go
	go test ./...
	@echo "left out here: the race detector (make test-race), the tests in a real terminal (make test-system)"

# Left to itself the detector lets every process sleep for a second at its end,
# and the stories start hundreds.
test-race: ## the same tests under the race detector; needs a C compiler
	CGO_ENABLED=1 GORACE=atexit_sleep_ms=50 go test -race -timeout 20m ./...

test-system: build ## tests that need system packages; make deps installs them
	go test -tags system -count=1 -run '^TestSystem' -v ./cmd/schalter ./cmd/internal/pcsc ./store

deps: ## installs the system packages of make test-system
	.ci/deps $(PACKAGES)

lint: ## formatting, vet, staticcheck, gofumpt, the house rules
	.ci/lint

bench: ## the numbers of the README, beside their goals
	.ci/bench

soak: build ## the long rounds: kills, damages, power cuts, fuzzing
	.ci/soak
