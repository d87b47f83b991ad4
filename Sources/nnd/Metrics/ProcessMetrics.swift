import Foundation

/// What the kernel says of this process, `proc(5)`.
struct ProcessMetrics: Sendable {
    /// Nil where `/proc` is not mounted.
    let residentBytes: Double?
    let cpuSeconds: Double

    init() {
        residentBytes = Self.residentBytes
        // POSIX has a million of them in a second everywhere.
        cpuSeconds = 1e-6 * Double(clock())
    }

    func add(to text: inout OpenMetricsText) {
        text.add(
            "process_resident_memory_bytes", .gauge, unit: "bytes", "Resident memory of the daemon.",
            residentBytes.map { [.init($0)] } ?? [])
        text.add(
            "process_cpu_seconds", .counter, unit: "seconds", "Processor time of the daemon.",
            [.init(cpuSeconds)])
    }

    /// The second field of `statm`, in pages.
    private static var residentBytes: Double? {
        guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = statm.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
