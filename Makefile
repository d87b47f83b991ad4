# What a person does here. Every target is quiet about what went well.
SHELL := /bin/bash
BUILD := swift build -c release
# SwiftPM remembers what Package.swift came to for an environment, and looks for MPI again only when that has changed.
export NND_MPI = $(shell ls -d /usr/lib/*/openmpi/include/mpi.h /usr/include/*/mpich/mpi.h 2>/dev/null)

.PHONY: setup interop-tools build test mpich test-mpich demo bench peers control-latency cli-latency first-half-hour api-fuzz fuzz sanitize-thread sanitize-address sanitize-undefined torture queue-storm rank-faults several-hosts slurm-check idle checkpoints experiments experiment fmt lint deb deb-check clean

setup: ## install the system libraries that are missing, and what the tests read exported files with
	@scripts/setup
	@scripts/interop --optional

interop-tools: ## numpy, safetensors, onnx and onnxruntime in ~/.cache/nnd-interop, for the tests of exported files
	@scripts/interop

build: setup ## nnd and nnctl, in .build/release
	@scripts/quietly "building nnd and nnctl (the first time takes some minutes)" $(BUILD)

test: setup ## everything that checks itself
	@scripts/quietly "building the tests (the first time takes some minutes)" $(BUILD) --build-tests
	@# Of more tests at once none is over sooner: they wait for each other's threads and processes.
	@swift test -c release --skip-build --experimental-maximum-parallelization-width $$((2 * $$(nproc)))

# A target of its own: make looks for MPI once a target, and would have done so before it is there.
mpich: setup
	@scripts/setup libmpich-dev mpich

test-mpich: mpich ## the tests of jobs on several processes with MPICH, which it installs
	@scripts/quietly "building the tests (the first time takes some minutes)" $(BUILD) --build-tests
	@swift test -c release --skip-build --filter RankMPICHTests

demo: build ## trains a real image set and shows what there is to see
	@scripts/demo

bench: build ## how fast steps are, of four nets, and how near to the machine's limit
	@.build/release/nnd bench

peers: build ## the same nets in JAX and PyTorch in turn (first: Benchmarks/peers --install)
	@Benchmarks/peers

control-latency: build ## how fast control calls are answered while all cores train
	@Benchmarks/control-latency

cli-latency: build ## how long nnctl takes as a whole process, with 1,000 jobs
	@Benchmarks/cli-latency

first-half-hour: build ## walks through a user's first half hour in a terminal, and checks what is on the screen
	@scripts/first-half-hour

api-fuzz: build ## thousands of requests made of /openapi.json, and bad clients while a job trains
	@scripts/quietly "installing schemathesis" Benchmarks/api-fuzz --install --cases 0 --malformed 0
	@Benchmarks/api-fuzz

fuzz: setup ## damages databases, logs and files of weights in 10,000 ways each
	@scripts/quietly "building the tests (the first time takes some minutes)" $(BUILD) --build-tests
	@NND_FUZZ_COUNT=$${NND_FUZZ_COUNT:-10000} swift test -c release --skip-build --filter Fuzz

sanitize-thread: setup ## the tests, built to report data races
	@scripts/sanitize thread

sanitize-address sanitize-undefined: setup ## the tests, built to report bad memory accesses and undefined behaviour
	@scripts/sanitize address

torture: build ## kills the daemon 500 times and looks for what is lost
	@Benchmarks/torture

queue-storm: build ## 200 short jobs from 20 clients while the daemon is killed again and again
	@Benchmarks/queue-storm

rank-faults: build ## kills, stops and cuts off the processes of jobs on several hosts (network namespaces; needs root)
	@Benchmarks/rank-faults

several-hosts: build ## how fast jobs train on several hosts with slow links, against the model of docs/scaling.md (needs root)
	@Benchmarks/several-hosts

slurm-check: build ## a batch job in a real Slurm on this machine, requeued twice; installs Slurm (needs root)
	@scripts/setup slurmctld slurmd slurm-client munge
	@scripts/slurm-check

idle: build ## what a daemon without work takes: start, memory, wake-ups
	@Benchmarks/idle

checkpoints: build ## how fast checkpoints become durable, and what they cost a job
	@Benchmarks/checkpoints

experiments: setup ## compares nets that differ in one thing: tables, and plots in experiments/
	@scripts/quietly "building the experiments (the first time takes some minutes)" $(BUILD) --product experiments
	@.build/release/experiments all

experiment: setup ## one of them, for example: make experiment NAME=optimizers
	@scripts/quietly "building the experiments (the first time takes some minutes)" $(BUILD) --product experiments
	@.build/release/experiments $(NAME)

fmt: ## rewrites the sources in the project's format
	@swift format -i -r --parallel Sources Tests Examples Package.swift

lint: ## format and imports
	@swift format lint --strict -r --parallel Sources Tests Examples Package.swift
	@scripts/check-imports

deb: setup ## a Debian package, in .build-deb/package
	@command -v dh >/dev/null || { echo "make deb needs debhelper: apt-get install debhelper" >&2; exit 69; }
	@# Else debhelper would pack what it has built before, whatever has changed since.
	@rm -rf debian/debhelper-build-stamp debian/.debhelper debian/*.debhelper.log
	@scripts/quietly "building the package (the first time takes many minutes)" debian/rules binary
	@ls .build-deb/package/*.deb

deb-check: ## as root, in a copy of this machine: installs the package, runs a job as a member of the group, removes and purges it
	@packaging/in-a-copy "$(CURDIR)/packaging/check" "$(CURDIR)"/.build-deb/package/nnd_*.deb \
	    "$(CURDIR)"/.build-deb/package/nnd-openmpi_*.deb

clean:
	@rm -rf .build .build-deb .demo
