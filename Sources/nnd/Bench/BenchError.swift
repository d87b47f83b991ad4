package import Control

/// Why nothing can be measured: one sentence, and the code that the program exits with.
package struct BenchError: Error, CustomStringConvertible {
    package let status: Control.ExitStatus
    package let description: String

    init(_ status: Control.ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}
