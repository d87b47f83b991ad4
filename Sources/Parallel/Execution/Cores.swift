import Foundation

/// How many worker actors `workers: auto` stands for: the cores that this process may use, by its affinity
/// mask and its control group's quota; at least 1.
public func automaticWorkerCount() -> Int {
    // Foundation counts the affinity mask here, not the machine's cores.
    max(1, min(ProcessInfo.processInfo.activeProcessorCount, quotaCount() ?? .max))
}

/// The whole cores that the control group's quota pays for (cgroup v2: `cpu.max`); nil without a quota.
private func quotaCount() -> Int? {
    guard let line = try? String(contentsOfFile: "/sys/fs/cgroup/cpu.max", encoding: .utf8) else {
        return nil
    }
    return quotaCount(cpuMax: line)
}

/// What a line such as `150000 100000` of `cpu.max` allows: microseconds of computing in each period of
/// microseconds.
package func quotaCount(cpuMax line: String) -> Int? {
    let parts = line.split(whereSeparator: \.isWhitespace)
    guard parts.count == 2, let quota = Double(parts[0]), let period = Double(parts[1]), period > 0 else {
        return nil
    }
    return max(1, Int((quota / period).rounded(.down)))
}
