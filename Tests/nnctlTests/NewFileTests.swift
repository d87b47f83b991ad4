import Control
import Foundation
import Glibc
import Testing
import nnctl

/// With a draft that has no name and with one that has, as on file systems that know no others.
@Suite("Files that verbs write")
struct NewFileTests {
    /// Hands an empty folder to `body` and removes it after.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "/nnctl-files-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder + "/")
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Writes a file and keeps it.
    private func write(_ text: String, _ path: String, replacing: Bool = false, named: Bool) throws {
        let file = try NewFile(path: path, replacing: replacing, named: named)
        try file.write(Array(text.utf8))
        try file.keep()
    }

    @Test("come to their place whole, and nothing lies beside them", arguments: [false, true])
    func whole(_ isNamed: Bool) throws {
        try withFolder { folder in
            let file = try NewFile(path: folder + "a", replacing: false, named: isNamed)
            try file.write(Array("half".utf8))
            #expect(access(folder + "a", F_OK) != 0)
            #expect(try names(in: folder).count == (isNamed ? 1 : 0))
            try file.write(Array(" and half".utf8))
            try file.keep()
            #expect(try text(folder + "a") == "half and half" && file.size == 13)
        }
        try withFolder { folder in
            for replacing in [false, true] {
                try write("\(replacing)", folder + "a", replacing: replacing, named: isNamed)
                #expect(try names(in: folder) == ["a"])
                #expect(try text(folder + "a") == "\(replacing)")
            }
        }
    }

    @Test("of what is not kept nothing stays", arguments: [false, true])
    func dropped(_ isNamed: Bool) throws {
        try withFolder { folder in
            try NewFile(path: folder + "a", replacing: false, named: isNamed).write([1, 2, 3])
            #expect(try names(in: folder).isEmpty)
        }
    }

    @Test("never take the place of a file that came meanwhile, unless they may", arguments: [false, true])
    func meanwhile(_ isNamed: Bool) throws {
        try withFolder { folder in
            let path = folder + "a"
            let file = try NewFile(path: path, replacing: false, named: isNamed)
            try file.write(Array("mine".utf8))
            try "another's".write(toFile: path, atomically: false, encoding: .utf8)
            let error = #expect(throws: Failure.self) { try file.keep() }
            #expect(error == Failure(.cannotCreate, "\(path) is there already; --force replaces it."))
            #expect(try text(path) == "another's")
            #expect(throws: Failure.self) { try NewFile(path: path, replacing: false, named: isNamed) }
            try write("new", path, replacing: true, named: isNamed)
            #expect(try text(path) == "new")
        }
    }

    @Test("have the permissions of what they replace, and go where a link leads", arguments: [false, true])
    func replaced(_ isNamed: Bool) throws {
        try withFolder { folder in
            try write("old", folder + "a", named: isNamed)
            #expect(chmod(folder + "a", 0o600) == 0 && symlink("a", folder + "link") == 0)
            try write("new", folder + "link", replacing: true, named: isNamed)
            #expect(try text(folder + "a") == "new" && names(in: folder) == ["a", "link"])
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "a")[.posixPermissions]
            #expect(mode as? Int == 0o600)
            for (place, sentence) in [("/dev/null", "not a plain file"), (folder, "not a plain file")] {
                let error = #expect(throws: Failure.self) {
                    try NewFile(path: place, replacing: true, named: isNamed)
                }
                #expect(error?.description.contains(sentence) == true && error?.status == .cannotCreate)
            }
        }
    }

    @Test("may have the longest name there is; a longer one is said at once", arguments: [false, true])
    func names(_ isNamed: Bool) throws {
        try withFolder { folder in
            let longest = String(repeating: "n", count: 255)
            try write("x", folder + longest, named: isNamed)
            #expect(try names(in: folder) == [longest])
            let error = #expect(throws: Failure.self) {
                try NewFile(path: folder + longest + "n", replacing: false, named: isNamed)
            }
            #expect(error?.description.hasSuffix("File name too long") == true)
        }
    }
}
