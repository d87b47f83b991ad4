import Foundation
import Glibc
package import Testing

/// The sanitizer that the tests are built with, if any; see `scripts/sanitize`.
package enum Sanitizer {
    /// Whether there is one. What it adds to times and memory, no test can measure around.
    package static let isOn = has("__asan_init") || isOfThreads

    /// Whether it is the one that looks for data races.
    package static let isOfThreads = has("__tsan_init")

    /// The lines of this process's environment that tell a sanitizer what to do: a program that is started with an
    /// environment of its own needs them too, or what is reported in it is not seen.
    package static var options: [String] {
        ["ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"].compactMap { name in
            ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
        }
    }

    private static func has(_ symbol: String) -> Bool { unsafe dlsym(nil, symbol) != nil }
}

extension Trait where Self == ConditionTrait {
    /// For a test that holds only at the speed, or in the memory, of the program as it is; the reason says what a
    /// sanitizer changes.
    package static func withoutSanitizer(_ reason: Comment) -> Self {
        .disabled(if: Sanitizer.isOn, reason)
    }
}
