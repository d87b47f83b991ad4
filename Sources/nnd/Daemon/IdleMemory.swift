import CMalloc
import Foundation
import Glibc

/// Lets go of memory that an idle daemon does not need.
package enum IdleMemory {
    /// Gives the system back what the heap keeps in reserve, and takes pages of programs out of the process: most of them only the
    /// start or a training run has needed. One that is needed again comes from the page cache, in microseconds.
    ///
    /// Takes some milliseconds; call it when nothing trains.
    package static func release() {
        malloc_trim(0)
        for range in droppable(maps) {
            guard let start = unsafe UnsafeMutableRawPointer(bitPattern: range.lowerBound) else { continue }
            unsafe madvise(start, range.count, MADV_DONTNEED)
        }
    }

    /// What the kernel has mapped into this process.
    package static var maps: String {
        // To its end: a file that has no size is cut off where it is read in one go.
        let bytes = try? FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd()
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    /// Where programs and libraries lie, of which no page is the process's own (`Anonymous`, and `Swap` for those that are out): there,
    /// letting go loses nothing. Tables of addresses are for reading alone too, once the dynamic linker has filled them in, and are not
    /// program.
    ///
    /// - Parameter maps: As `/proc/self/smaps` has them, proc_pid_smaps(5).
    /// - Returns: Their addresses.
    package static func droppable(_ maps: String) -> [Range<UInt>] {
        var ranges: [Range<UInt>] = []
        var candidate: Range<UInt>?
        for line in maps.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
            if let range = mapping(fields) {
                candidate =
                    fields.count >= 6 && fields[5].hasPrefix("/") && fields[1].hasPrefix("r-x") ? range : nil
            } else if fields.first == "Anonymous:", fields.dropFirst().first != "0" {
                candidate = nil
            } else if fields.first == "Swap:" {
                if let candidate, fields.dropFirst().first == "0" { ranges.append(candidate) }
                candidate = nil
            }
        }
        return ranges
    }

    /// The addresses in a line such as `7f10-7f20 r-xp 00000000 08:01 123 /usr/lib/libc.so.6`; nil for one of another kind.
    private static func mapping(_ fields: [String]) -> Range<UInt>? {
        guard fields.count >= 5, fields[1].count == 4 else { return nil }
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
    }
}
