import Foundation

/// Bytes of memory that this process can have: the machine's, its control group's limit (cgroup v2:
/// `memory.max`), or its own limit on address space, whichever is least.
func availableMemory() -> Double {
    var available = Double(ProcessInfo.processInfo.physicalMemory)
    if let text = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8),
        let limit = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
        available = min(available, limit)
    }
    var limit = rlimit()
    if unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 {
        available = min(available, Double(limit.rlim_cur))
    }
    return available
}
