import Control
import Foundation
import Testing
import nnctl

@Suite("Job files")
struct SpecFileTests {
    private func file(_ bytes: Data, _ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "/nnctl-\(UUID().uuidString).yaml"
        try bytes.write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test("the text and the directory that data paths start from")
    func read() throws {
        try file(Data("name: é\n".utf8)) { path in
            let file = try SpecFile(path: path)
            #expect(file.text == "name: é\n")
            #expect(path.hasPrefix(file.directory) && file.directory.hasPrefix("/"))
        }
    }

    @Test("what cannot be read is a sentence with the file's name and exit code 65")
    func unreadable() throws {
        #expect(throws: Failure(.badInput, "cannot open /nowhere/x.yaml: No such file or directory")) {
            try SpecFile(path: "/nowhere/x.yaml")
        }
        #expect(throws: Failure(.badInput, "cannot read /tmp: Is a directory")) { try SpecFile(path: "/tmp") }
        try file(Data([0x6E, 0xFF, 0xFE])) { path in
            #expect(
                throws: Failure(.badInput, "\(path): not UTF-8 text; a job file is YAML or JSON in UTF-8.")
            ) {
                try SpecFile(path: path)
            }
        }
        try file(Data(repeating: 32, count: (1 << 20) + 1)) { path in
            #expect(throws: Failure(.badInput, "\(path): more than 1 MiB; no job file is that long.")) {
                try SpecFile(path: path)
            }
        }
    }

    @Test("a path is made absolute from the working directory")
    func absolute() throws {
        let here = FileManager.default.currentDirectoryPath
        #expect(try "a/b".madeAbsolute() == here + "/a/b")
        #expect(try "/a".madeAbsolute() == "/a")
        #expect(try "".madeAbsolute() == here)
    }
}
