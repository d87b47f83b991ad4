import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// A daemon that several people share. These really switch users.
@Suite(
    "A daemon for a group", .timeLimit(.minutes(15)),
    .enabled(if: GroupService.isPossible, GroupService.whyNot))
struct GroupServiceTests {
    private static let (alice, bob, carol, root) = (
        GroupService.alice, GroupService.bob, GroupService.carol, GroupService.root
    )

    /// Gives a user a folder with the digits' data, which only he may read, and a job file.
    private func makeJob(_ service: GroupService, _ name: String, of user: GroupService.User) throws -> String
    {
        let folder = service.directory.file(name)
        try service.makeDirectory(folder, of: user)
        for file in ["digits-train.csv.gz", "digits-test.csv.gz", "digits.yaml"] {
            let data = try Data(contentsOf: URL(fileURLWithPath: Programs.digits + "/" + file))
            try service.write(data, to: "\(folder)/\(file)", of: user)
        }
        return "\(folder)/digits.yaml"
    }

    private func status(_ service: GroupService, _ job: String = "1") async throws -> JobStatus {
        let answer = try await service.nnctl(as: Self.bob, ["status", job, "--json"])
        try #require(answer.exit == .code(0), "\(answer)")
        return try WireJSON.decode(JobStatus.self, from: Data(answer.output.utf8))
    }

    /// Waits with nnctl until the job's checkpoint is beyond a step.
    private func step(_ service: GroupService, beyond step: Int) async throws -> Int {
        while true {
            let answer = try await service.nnctl(as: Self.alice, ["checkpoint", "1", "--json"])
            let now = try await status(service)
            try #require(now.state == .running || now.state == .queued, "\(answer) \(now.reason ?? "")")
            if let last = now.lastCheckpoint?.step, last > step { return last }
        }
    }

    private static let long = [
        "--set", "training.epochs=100000", "--set", "checkpoint={every_steps: 2000, keep_last: 2}",
    ]

    @Test("its members see all jobs, change their own, and train on files that only they may read")
    func sharing() async throws {
        try await GroupService.with { service in
            let job = try makeJob(service, "alice", of: Self.alice)
            let own = try makeJob(service, "bob", of: Self.bob)
            let reached = try await service.daemon {
                let started = try await service.nnctl(
                    as: Self.alice, ["start", job] + Self.long)
                #expect(started.exit == .code(0), "\(started) \(service.logText)")
                let reached = try await step(service, beyond: 0)
                let seen = try await status(service)
                #expect(seen.owner == .init(uid: Self.alice.uid, name: nil))

                for verb in [
                    ["stop", "1"], ["kill", "1"], ["pause", "1"], ["resume", "1"], ["scale", "1", "2"],
                    ["checkpoint", "1"], ["rm", "1"], ["evaluate", "1", "--data", "test"], ["verify", "1"],
                    ["predict", "1", "-i", "/etc/hostname"],
                ] {
                    let answer = try await service.nnctl(as: Self.bob, verb)
                    #expect(answer.exit == .code(77), "\(verb): \(answer)")
                    #expect(answer.errors.contains("Job `digits` belongs to uid 61001"), "\(verb): \(answer)")
                }
                // What is predicted is opened with the rights of who asks.
                for (owner, exit) in [("alice", Int32(0)), ("bob", 65)] {
                    let file = service.directory.file(owner) + "/digits-test.csv.gz"
                    let answer = try await service.nnctl(
                        as: Self.alice, ["predict", "1", "-i", file, "--limit", "2"])
                    #expect(answer.exit == .code(exit), "\(answer)")
                }
                let shutdown = try await service.nnctl(as: Self.alice, ["daemon", "stop"])
                #expect(shutdown.exit == .code(77), "\(shutdown)")

                // Another's job beside it shows whose they are.
                #expect(try await service.nnctl(as: Self.bob, ["start", own]).exit == .code(0))
                let table = try await service.nnctl(as: Self.bob, ["status"])
                #expect(table.output.contains("OWNER") && table.output.contains("61002"), "\(table)")

                // Files are opened again, as hers.
                #expect(try await service.nnctl(as: Self.alice, ["pause", "1"]).exit == .code(0))
                let resumed = try await service.nnctl(as: Self.alice, ["resume", "1"])
                #expect(resumed.exit == .code(0), "\(resumed)")
                return reached
            }
            // And by the next daemon, after a kill -9.
            try await service.daemon {
                _ = try await step(service, beyond: reached)
                #expect(try await service.nnctl(as: Self.root, ["stop", "1"]).exit == .code(0))
                #expect(try await status(service).state == .stopped)
            }
        }
    }

    @Test("a job's files are opened with its owner's rights, and a refusal tells nothing of them")
    func files() async throws {
        try await GroupService.with { service in
            let hers = (try makeJob(service, "alice", of: Self.alice) as NSString).deletingLastPathComponent
            let his = try makeJob(service, "bob", of: Self.bob)
            try await service.daemon {
                let secret = "\(hers)/digits-train.csv.gz"
                let database = service.state + "/nnd.sqlite"
                for (user, path) in [
                    (Self.bob, secret), (Self.bob, "\(hers)/missing"), (Self.bob, database),
                    (Self.bob, "/etc/shadow"),
                    (Self.alice, database), (Self.alice, service.state + "/missing"),
                ] {
                    let job = user.uid == Self.bob.uid ? his : "\(hers)/digits.yaml"
                    for option in ["--dry-run", "--print-id"] {
                        let answer = try await service.nnctl(
                            as: user, ["start", job, option, "--set", "data.train.csv.path=\(path)"])
                        #expect(answer.exit == .code(65) && answer.output.isEmpty, "\(path): \(answer)")
                        #expect(
                            answer.errors.hasSuffix(
                                "\(path): there is no such file, or user \(user.uid), with whose rights it is opened, may not read it\n"
                            ), "\(answer)")
                    }
                    let weights = try await service.nnctl(
                        as: user, ["start", job, "--set", "model.initial_weights=\(path)"])
                    #expect(
                        weights.exit == .code(65) && weights.errors.contains("may not read it"), "\(weights)")
                }
                let fine = try await service.nnctl(as: Self.bob, ["start", his, "--dry-run"])
                #expect(fine.exit == .code(0), "\(fine)")
                #expect(
                    try await service.nnctl(as: Self.bob, ["status", "--json"]).output == #"{"jobs":[]}"#
                        + "\n")
            }
        }
    }

    @Test("without the capabilities nobody's files are read for him")
    func withoutCapabilities() async throws {
        try await GroupService.with { service in
            let his = try makeJob(service, "bob", of: Self.bob)
            // The daemon could read them itself.
            for name in ["digits-train.csv.gz", "digits-test.csv.gz"] {
                #expect(chmod((his as NSString).deletingLastPathComponent + "/" + name, 0o644) == 0)
            }
            try await service.daemon(mayReadAsOthers: false) {
                for option in ["--dry-run", "--print-id"] {
                    let answer = try await service.nnctl(as: Self.bob, ["start", his, option])
                    #expect(answer.exit == .code(77) && answer.output.isEmpty, "\(answer)")
                    #expect(answer.errors.contains("AmbientCapabilities=CAP_SETUID CAP_SETGID"), "\(answer)")
                }
            }
        }
    }

    @Test("who is in the group may connect, and nobody else, even where the modes would let him")
    func connecting() async throws {
        try await GroupService.with { service in
            try await service.daemon {
                for (path, mode) in [(service.socket, 0o660), (service.run, 0o750)] {
                    let rights = try #require(DirectoryRights(at: path))
                    #expect(
                        rights.mode == mode_t(mode) && rights.group == gid_t(GroupService.group), "\(path)")
                }
                for user in [Self.alice, Self.bob, Self.root, GroupService.service] {
                    #expect(try await service.nnctl(as: user, ["daemon", "status"]).exit == .code(0))
                }
                let closed = try await service.nnctl(as: Self.carol, ["status"])
                #expect(closed.exit == .code(77) && closed.output.isEmpty, "\(closed)")
                #expect(chmod(service.run, 0o755) == 0 && chmod(service.socket, 0o666) == 0)
                let open = try await service.nnctl(as: Self.carol, ["status", "--json"])
                #expect(open.exit != .code(0) && open.output.isEmpty, "\(open)")
                #expect(service.logText.contains("connection refused"))
            }
        }
    }

    /// Asks, as root, until what was done is noted, which happens behind the answers.
    private func audit(
        _ service: GroupService, until isDone: ([AuditList.Entry]) -> Bool
    ) async throws -> [AuditList.Entry] {
        while true {
            let answer = try await service.nnctl(as: Self.root, ["daemon", "audit", "--json"])
            try #require(answer.exit == .code(0), "\(answer)")
            let entries = try WireJSON.decode(AuditList.self, from: Data(answer.output.utf8)).entries
            if isDone(entries) { return entries }
        }
    }

    @Test("what was done and who was refused is noted; a storm of refusals is one entry")
    func audit() async throws {
        try await GroupService.with { service in
            let job = try makeJob(service, "alice", of: Self.alice)
            try await service.daemon {
                #expect(try await service.nnctl(as: Self.alice, ["start", job] + Self.long).exit == .code(0))
                for _ in 0..<5 {
                    #expect(try await service.nnctl(as: Self.bob, ["kill", "digits"]).exit == .code(77))
                }
                #expect(try await service.nnctl(as: Self.root, ["stop", "1"]).exit == .code(0))
                // Weights go out to whoever may use the job.
                let weights = service.directory.file("weights.npz")
                let export = try await service.nnctl(as: Self.root, ["export", "1", "-o", weights])
                #expect(export.exit == .code(0), "\(export)")
                #expect(chmod(service.run, 0o755) == 0 && chmod(service.socket, 0o666) == 0)
                for _ in 0..<20 {
                    #expect(try await service.nnctl(as: Self.carol, ["status"]).exit != .code(0))
                }
                let entries = try await audit(service) { entries in
                    entries.contains { $0.method == "CONNECT" && $0.count >= 20 }
                }
                let lines = entries.reversed().map { entry in
                    "\(entry.user?.uid ?? -1) \(entry.method) \(entry.path) \(entry.job ?? 0) \(entry.status)"
                }
                #expect(
                    lines == [
                        "61001 POST /v1/jobs 1 201", "61002 POST /v1/jobs/1/kill 1 403",
                        "0 POST /v1/jobs/1/stop 1 200",
                        "0 GET /v1/jobs/1/export 1 200", "61003 CONNECT  0 403",
                    ])
                #expect(entries.map(\.count).dropFirst() == [1, 1, 5, 1])
                #expect(entries.allSatisfy { ($0.pid ?? 0) > 1 })
                let refused = try await service.nnctl(as: Self.alice, ["daemon", "audit"])
                #expect(refused.exit == .code(77) && refused.output.isEmpty, "\(refused)")
                let table = try await service.nnctl(
                    as: GroupService.service, ["daemon", "audit", "--limit", "1000"])
                #expect(table.output.contains("POST /v1/jobs/1/kill"), "\(table)")
            }
        }
    }

    @Test(
        "a group that there is not, or that is not the daemon's to give, and a directory of other modes, are refused"
    )
    func refusals() async throws {
        try await GroupService.with { service in
            func refusal(as user: GroupService.User, _ group: String) async throws -> (
                ChildProcess.Exit, String
            ) {
                let process = try service.launch(as: user, ["--group", group])
                return (await process.ended, await process.text)
            }
            let stranger = GroupService.User(uid: GroupService.service.uid, gid: GroupService.service.gid)
            let unknown = try await refusal(as: GroupService.service, "no-such-group")
            #expect(unknown.0 == .code(64) && unknown.1.contains("there is no group `no-such-group`"))
            let foreign = try await refusal(as: stranger, "\(GroupService.group)")
            #expect(
                foreign.0 == .code(77) && foreign.1.contains("may not give the socket to the group"),
                "\(foreign)")
            #expect(access(service.run, F_OK) != 0)

            for (mode, gid, sentence) in [
                (0o755, GroupService.group, "Others than the group"),
                (0o770, GroupService.group, "Others than the group"),
                (0o700, GroupService.group, "does not get into"), (0o750, 61007, "does not get into"),
            ] {
                let owner = GroupService.User(uid: GroupService.service.uid, gid: gid)
                try service.makeDirectory(service.run, of: owner, mode: mode_t(mode))
                let refused = try await refusal(as: GroupService.service, "\(GroupService.group)")
                #expect(refused.0 == .code(77) && refused.1.contains(sentence), "\(refused)")
                let rights = try #require(DirectoryRights(at: service.run))
                #expect(rights.mode == mode_t(mode) && rights.group == gid_t(gid), "it is left as it was")
                #expect(rmdir(service.run) == 0)
            }
        }
    }
}
