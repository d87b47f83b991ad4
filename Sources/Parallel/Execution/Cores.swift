import Foundation

/// How many worker actors `workers: auto` stands for: the cores that this process may use, by its affinity
/// mask and the quotas of its control group and of those around it; at least 1.
public func automaticWorkerCount() -> Int {
    automaticWorkerCount(root: "", online: ProcessInfo.processInfo.activeProcessorCount)
}

/// The same on a machine with `online` cores whose `/proc` and `/sys` lie in `root`.
package func automaticWorkerCount(root: String, online: Int) -> Int {
    var cores = online
    // Foundation counts the machine's cores, whatever the process may use. A cpuset is part of the mask.
    let status = (try? String(contentsOfFile: "\(root)/proc/self/status", encoding: .utf8)) ?? ""
    for line in status.split(separator: "\n") where line.hasPrefix(allowedKey) {
        let allowed = coreCount(ofList: line.dropFirst(allowedKey.count))
        if let allowed, allowed > 0 { cores = min(cores, allowed) }
    }
    if let quota = ControlGroups(root: root).cores { cores = min(cores, Int(min(quota, 1e6))) }
    return max(1, cores)
}

private let allowedKey = "Cpus_allowed_list:"

/// How many cores a list such as `0-3,8` names (cpuset(7)); nil when it is none.
private func coreCount(ofList list: Substring) -> Int? {
    var count = 0
    for range in list.split(separator: ",") {
        let ends = range.split(separator: "-").map { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, last >= first
        else {
            return nil
        }
        count += last - first + 1
    }
    return count
}
