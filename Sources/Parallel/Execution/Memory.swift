import Foundation

/// Bytes of memory that this process can have: the machine's, the limits of its control group and of those around it,
/// or its own limits on address space and data, whichever is least.
package func availableMemory() -> Double {
    var available = Double(ProcessInfo.processInfo.physicalMemory)
    if let limit = ControlGroups().memory { available = min(available, limit) }
    for resource in [RLIMIT_AS, RLIMIT_DATA] {
        var limit = rlimit()
        if unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 {
            available = min(available, Double(limit.rlim_cur))
        }
    }
    return available
}
