import Foundation

/// The control groups that this process is in, with those around them, as far as it can see them: what a container or a
/// service manager allows it.
///
/// Of versions 1 and 2 of the interface, which may stand side by side (Linux's `admin-guide/cgroup-v2.rst` and
/// `admin-guide/cgroup-v1`). A limit holds for all groups within, so the least one on the way up counts.
package struct ControlGroups {
    /// Cores' worth of computing time; nil where nothing limits it.
    package let cores: Double?
    /// Bytes of memory; nil where nothing limits it. Above `memory.high` a process is slowed down to a crawl, so that
    /// counts too.
    package let memory: Double?

    private struct Mount {
        /// The group that is shown at `point`, which in a container is not the topmost one.
        let group: String
        let point: String
        let isUnified: Bool
        let controllers: Set<String>

        /// Reads a line of `/proc/self/mountinfo` (proc(5)); nil when it is about something else.
        init?(_ line: Substring) {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), dash >= 5, fields.count > dash + 3 else {
                return nil
            }
            let type = fields[dash + 1]
            guard type == "cgroup" || type == "cgroup2" else { return nil }
            group = String(fields[3])
            point = String(fields[4])
            isUnified = type == "cgroup2"
            controllers = Set(fields[dash + 3].split(separator: ",").map(String.init))
        }

        /// The directories of a group and of those around it, as far as they are shown here.
        func directories(of path: String?) -> [String] {
            guard let path else { return [] }
            let top = group == "/" ? "" : group
            var rest = path.hasPrefix("\(top)/") ? String(path.dropFirst(top.count)) : ""
            // Outside of what is shown.
            if rest.split(separator: "/").contains("..") { rest = "" }
            var directories = [point]
            var directory = point
            for name in rest.split(separator: "/") {
                directory += "/\(name)"
                directories.append(directory)
            }
            return directories
        }
    }

    /// Which groups the process is in, of `/proc/self/cgroup` (cgroups(7)).
    private struct Memberships {
        /// In the hierarchy of version 2.
        private(set) var unified: String?
        /// In the hierarchies of version 1, by controller.
        private(set) var paths: [String: String] = [:]

        init(_ lines: [Substring]) {
            for line in lines {
                // "4:cpu,cpuacct:/path", and of version 2 "0::/path".
                let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
                guard parts.count == 3 else { continue }
                if parts[0] == "0" && parts[1].isEmpty { unified = String(parts[2]) }
                for controller in parts[1].split(separator: ",") {
                    paths[String(controller)] = String(parts[2])
                }
            }
        }
    }

    /// Reads what the kernel tells.
    ///
    /// - Parameter root: Before all paths: a folder with a `proc` and a `sys` of its own, for tests.
    package init(root: String = "") {
        func text(_ path: String) -> String? {
            (try? String(contentsOfFile: root + path, encoding: .utf8))?
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        func lines(_ path: String) -> [Substring] { (text(path) ?? "").split(separator: "\n") }
        let mounts = lines("/proc/self/mountinfo").compactMap(Mount.init)
        let groups = Memberships(lines("/proc/self/cgroup"))
        let unified = mounts.filter(\.isUnified).flatMap { $0.directories(of: groups.unified) }
        func directories(_ controller: String) -> [String] {
            mounts.filter { !$0.isUnified && $0.controllers.contains(controller) }
                .flatMap { $0.directories(of: groups.paths[controller]) }
        }
        let quotas =
            unified.compactMap { text("\($0)/cpu.max") }
            + directories("cpu").compactMap { directory in
                guard let quota = text("\(directory)/cpu.cfs_quota_us"),
                    let period = text("\(directory)/cpu.cfs_period_us")
                else { return nil }
                return "\(quota) \(period)"
            }
        cores = quotas.compactMap(ControlGroups.cores(cpuMax:)).min()
        let limits =
            unified.flatMap { [text("\($0)/memory.max"), text("\($0)/memory.high")] }
            + directories("memory").map { text("\($0)/memory.limit_in_bytes") }
        memory = limits.compactMap { $0.flatMap { Double($0) } }.filter { $0 >= 0 }.min()
    }

    /// What a line such as `150000 100000` of `cpu.max` allows: microseconds of computing in each period of
    /// microseconds. nil for `max` and for a negative quota, which is version 1's word for it.
    package static func cores(cpuMax line: String) -> Double? {
        let parts = line.split(whereSeparator: \.isWhitespace)
        guard parts.count == 2, let quota = Double(parts[0]), let period = Double(parts[1]), quota >= 0,
            period > 0
        else { return nil }
        return quota / period
    }
}
