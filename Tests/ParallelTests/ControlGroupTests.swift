import Foundation
import Parallel
import Testing

@Suite("Control groups say how many cores and how much memory there are")
struct ControlGroupTests {
    /// A folder with a `proc` and a `sys` of its own.
    private struct Root: ~Copyable {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("nnd-groups-\(UUID())").path

        init(_ files: [String: String]) throws {
            for (name, text) in files {
                let file = URL(fileURLWithPath: path + name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: false, encoding: .utf8)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        var groups: ControlGroups { ControlGroups(root: path) }

        func workers(online: Int) -> Int { automaticWorkerCount(root: path, online: online) }
    }

    private let unified = "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"

    @Test("The least quota and limit of the process's own group and of those around it counts")
    func nested() throws {
        var files = [
            "/proc/self/mountinfo": "24 1 0:22 / /sys rw - sysfs sysfs rw\n" + unified,
            "/proc/self/cgroup": "0::/user.slice/nnd.service\n",
            "/sys/fs/cgroup/user.slice/cpu.max": "150000 100000\n",
            "/sys/fs/cgroup/user.slice/memory.max": "max\n",
            "/sys/fs/cgroup/user.slice/nnd.service/cpu.max": "400000 100000\n",
            "/sys/fs/cgroup/user.slice/nnd.service/memory.max": "3000000\n",
            "/sys/fs/cgroup/user.slice/nnd.service/memory.high": "2000000\n",
            // Of another service.
            "/sys/fs/cgroup/user.slice/other.service/cpu.max": "1000 100000\n",
        ]
        let narrow = try Root(files)
        #expect(narrow.groups.cores == 1.5)
        #expect(narrow.groups.memory == 2_000_000)
        #expect(narrow.workers(online: 8) == 1)

        files["/sys/fs/cgroup/user.slice/cpu.max"] = "max 100000\n"
        let wide = try Root(files)
        #expect(wide.groups.cores == 4)
        #expect(wide.workers(online: 8) == 4)
        #expect(wide.workers(online: 3) == 3)
    }

    @Test("In a container the mount shows the process's group, or one around it, as the topmost")
    func container() throws {
        let limits = [
            "/sys/fs/cgroup/cpu.max": "50000 100000\n", "/sys/fs/cgroup/memory.max": "777\n",
            "/sys/fs/cgroup/inner/cpu.max": "20000 100000\n",
        ]
        for (group, path, cores) in [
            ("/", "/", 0.5), ("/docker/ab", "/docker/ab", 0.5), ("/docker/ab", "/docker/ab/inner", 0.2),
            ("/", "/inner", 0.2), ("/", "/../elsewhere", 0.5), ("/docker/ab", "/docker/abc/inner", 0.5),
        ] {
            var files = limits
            files["/proc/self/mountinfo"] =
                "30 24 0:26 \(group) /sys/fs/cgroup ro - cgroup2 cgroup rw\n"
            files["/proc/self/cgroup"] = "0::\(path)\n"
            let root = try Root(files)
            #expect(root.groups.cores == cores, "\(group) \(path)")
            #expect(root.groups.memory == 777)
            #expect(root.workers(online: 8) == 1)
        }
    }

    @Test("Version 1, and both versions side by side")
    func first() throws {
        var files = [
            "/proc/self/mountinfo": """
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw

            """,
            "/proc/self/cgroup": "4:memory:/job\n2:cpuacct,cpu:/job\n1:name=systemd:/x:y\n0::/\n",
            "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
            "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
            "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "300000\n",
            "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "/sys/fs/cgroup/memory/job/memory.limit_in_bytes": "1048576\n",
        ]
        let groups = try Root(files).groups
        #expect(groups.cores == 3)
        #expect(groups.memory == 1_048_576)

        files["/sys/fs/cgroup/unified/cpu.max"] = "200000 100000\n"
        #expect(try Root(files).groups.cores == 2)
    }

    @Test("Without control groups nothing is limited, and nonsense is no limit")
    func none() throws {
        let nothing = try Root([:])
        #expect(nothing.groups.cores == nil && nothing.groups.memory == nil)
        #expect(nothing.workers(online: 5) == 5)
        #expect(nothing.workers(online: 0) == 1)
        for text in ["", "max", "max 100000", "1 0", "-1 100000", "a b", "1 2 3"] {
            #expect(ControlGroups.cores(cpuMax: text) == nil, "\(text)")
        }
        #expect(ControlGroups.cores(cpuMax: "250000 100000\n") == 2.5)
        let odd = try Root([
            "/proc/self/mountinfo": "- - - -\n\n30 24 cgroup2\n" + unified,
            "/proc/self/cgroup": "0::\n:\nx\n",
            "/sys/fs/cgroup/cpu.max": "1e30 1\n", "/sys/fs/cgroup/memory.max": "-5\n",
        ])
        #expect(odd.workers(online: 2) == 2)
        #expect(odd.groups.memory == nil)
    }

    @Test(
        "An affinity mask counts",
        arguments: [
            ("0-3,8", 5), ("0", 1), ("2,4,6", 3), ("0-127", 16), ("3-1", 16), ("", 16), ("x", 16),
            ("0-1-2", 16),
        ])
    func mask(list: String, count: Int) throws {
        let root = try Root([
            "/proc/self/status": "Name:\tnnd\nCpus_allowed:\tff\nCpus_allowed_list:\t\(list)\nThreads:\t1\n"
        ])
        #expect(root.workers(online: 16) == count)
    }

    @Test(
        "A process that may use one core counts one", .timeLimit(.minutes(15)),
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/taskset")))
    func affinity() async throws {
        await #expect(processExitsWith: .success) {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
            let first = line?.drop { !$0.isNumber }.prefix { $0.isNumber }
            let taskset = Process()
            taskset.executableURL = URL(fileURLWithPath: "/usr/bin/taskset")
            taskset.arguments = ["-acp", String(first ?? "0"), "\(getpid())"]
            taskset.standardOutput = nil
            try taskset.run()
            taskset.waitUntilExit()
            exit(taskset.terminationStatus == 0 && automaticWorkerCount() == 1 ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }
}
