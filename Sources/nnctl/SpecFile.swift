import Control
import Glibc
import Spec

/// A job file as the user named it.
package struct SpecFile {
    /// What the daemon takes in one request, too.
    static let maximumSize = 1 << 20

    /// As it was typed; errors call the file so.
    package let path: String
    package let text: String
    /// The absolute directory that relative data paths start from.
    package let directory: String

    package init(path: String) throws(Failure) {
        self.path = path
        let bytes = try Self.read(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.badInput, "\(path): not UTF-8 text; a job file is YAML or JSON in UTF-8.")
        }
        self.text = text
        directory = try Self.directory(of: path)
    }

    /// - Throws: `SpecError` with the file, the line and the key.
    func parse(overrides: [String]) throws(SpecError) -> JobSpec {
        try JobSpec(yaml: text, file: path, overrides: overrides)
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(.badInput, "cannot open \(path)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system(.badInput, "cannot read \(path)")
            }
            bytes += chunk.prefix(count)
            guard bytes.count <= maximumSize else {
                throw Failure(.badInput, "\(path): more than 1 MiB; no job file is that long.")
            }
        }
    }

    private static func directory(of path: String) throws(Failure) -> String {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return try parent.madeAbsolute()
    }
}
