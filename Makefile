# `make help` lists what there is. Each line says what it does; the how is in setup/.
export PATH := $(CURDIR)/style/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run dev test e2e bench lighthouse chaos poolers guide dashboard lint fmt release tools services

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: tools ## Build and start NeoPro with a demo club on http://localhost:3001 (DEMO=0: empty, in data/)
	@setup/run.sh

dev: tools ## Start the server and build again at every change
	@LEPTOS_HASH_FILES=false cargo leptos watch --split -- serve

test: tools services ## Every test: server side, player, browser
	@setup/test.sh

e2e: tools services ## Only the tests in the browser (ONLY=story: one file; STACK=production: on one stack)
	@setup/test.sh e2e

bench: tools services ## Speed and memory beside this machine's limits, as a table (BENCH=full: 10 million plays)
	@setup/bench.sh

lighthouse: tools services ## What Lighthouse says of the dashboard's pages
	@setup/lighthouse.sh

chaos: tools services ## Players and server killed hundreds of times over a bad line: is anything lost? (SEED=2)
	@setup/chaos.sh

poolers: tools services ## The domain's tests behind every kind of PostgreSQL pooler (15 minutes)
	@setup/poolers.sh

guide: tools services ## The deployment guide, walked step by step on real services, with Garage as S3 server
	@setup/guide.sh

dashboard: tools ## The dashboard as files for another host, in dist/central-dashboard (API_URL=https://…)
	@setup/dashboard.sh

lint: tools ## Formatting, clippy, documentation: warnings are errors
	@setup/lint.sh

fmt: ## Format the code
	@cargo fmt --all

release: tools ## The archive for servers and clubs, in target/
	@setup/release.sh

tools:
	@setup/tools.sh

services:
	@setup/services.sh
