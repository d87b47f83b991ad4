package import Foundation

/// Other programs' own readers and runtimes, for what is written for them; `make interop-tools` installs them.
package enum InteropPython {
    /// Its Python; nil where it is not installed.
    package static var program: String? {
        let environment = ProcessInfo.processInfo.environment
        let path =
            environment["NND_INTEROP_PYTHON"]
            ?? "\(environment["HOME"] ?? "/root")/.cache/nnd-interop/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    package static var isInstalled: Bool { program != nil }

    /// What a script says on standard output.
    ///
    /// - Throws: `Failure` with what it says on standard error, when it does not end well.
    @discardableResult
    package static func run(_ script: URL, _ arguments: [String]) throws -> Data {
        guard let program else { throw Failure(description: "make interop-tools was not run") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-B", script.path] + arguments
        let (output, errors) = (
            Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        )
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        // A file takes all of it while the output is read.
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: (try? String(contentsOf: errors, encoding: .utf8)) ?? "it failed")
        }
        return said
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}
