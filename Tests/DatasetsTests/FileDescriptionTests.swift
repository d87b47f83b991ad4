import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("What a file holds")
struct FileDescriptionTests {
    private func described(_ content: [UInt8]) throws -> FileDescription {
        let directory = try TemporaryDirectory()
        let path = try directory.file("data", content)
        return try withExtendedLifetime(directory) { try FileDescription(path: path, .own) }
    }

    private func problem(_ content: [UInt8]) throws -> DataError {
        try #require(#expect(throws: DataError.self) { try described(content) })
    }

    @Test("a table's columns, with a header if the first line has words")
    func table() throws {
        let text = "a,b,class\n1,0.5,0\n\n-2,1.5,1\r\n3,.5,2\n"
        for content in [Array(text.utf8), storedGzip(Array(text.utf8))] {
            let table = try described(content)
            #expect(table.format == .csv && table.hasHeader)
            #expect(table.values.map(\.name) == ["a", "b", "class"])
            #expect(table.values.map(\.shape) == [[3], [3], [3]])
            #expect(table.values.map(\.summary.minimum) == [-2, 0.5, 0])
            #expect(table.values.map(\.summary.maximum) == [3, 1.5, 2])
            #expect(table.values.map(\.summary.isWhole) == [true, false, true])
            #expect(table.values.map(\.summary.distinct) == [3, 2, 3])
            #expect(table.values.allSatisfy { $0.problem == nil })
        }
        let plain = try described(Array("1,2\n3,4".utf8))
        #expect(!plain.hasHeader && plain.values.map(\.name) == ["0", "1"])
        #expect(plain.values.map(\.summary.maximum) == [3, 4])
    }

    @Test("the first line is a header where it has names, whatever they are, and not where it has gaps")
    func headers() throws {
        for (text, header) in [
            ("0,1,2,label\n5.1,3,1.4,0\n", true), (",a,b\n0,1,2\n", true), ("Na,Mg\n1,2\n", true),
            ("a,b\nx,1\n", true), ("1.2882,,0.06,1\n1,2,3,1\n", false), ("1,nan,3\n1,2,3\n", false),
            ("1,?,3\n1,2,3\n", false), ("5.1,3.5,setosa\n4.9,3,setosa\n", false), ("1,2,5\n", false),
            ("2020-01-02,1\n2020-01-03,2\n", false),
        ] {
            let table = try described(Array(text.utf8))
            #expect(table.hasHeader == header, "\(text)")
            #expect(
                table.values.map(\.shape).first == [
                    header ? text.split(separator: "\n").count - 1 : text.split(separator: "\n").count
                ])
        }
    }

    @Test("a table of very many columns is refused before anything is made of them", arguments: [",", ",\n"])
    func manyColumns(end: String) throws {
        let line = String(repeating: "0,", count: 100_000) + "0" + end
        let error = try problem(storedGzip(Array(line.utf8)))
        #expect(error.code == .tooLarge && error.line == 1)
        #expect(error.problem.contains("at most 100000"))
        let most = try described(Array((String(repeating: "0,", count: 99_999) + "0\n").utf8))
        #expect(most.values.count == 100_000)
    }

    @Test("what is no number in a column is told with its line")
    func words() throws {
        let table = try described(Array("size,colour,n\n1,red,3\n2,\"blue, dark\",\n".utf8))
        #expect(
            table.values.map(\.problem) == [
                nil, "\"red\" in line 2 is not a number", "line 3 has nothing there",
            ])
        #expect(table.values[0].summary.maximum == 2)
        #expect(table.values.map(\.words) == [[], ["blue, dark", "red"], []])
        let many = (0..<101).map { "1,w\($0)" }.joined(separator: "\n")
        #expect(try described(Array(many.utf8)).values.map(\.words) == [[], []])
        let mixed = try described(Array("a,b\n1,x\n2,3\n4,\n".utf8))
        #expect(mixed.values.map(\.words) == [[], []])
    }

    @Test("an IDX file has one array")
    func idxFile() throws {
        let images = try described(storedGzip(idx([2, 1, 3], [0, 255, 7, 7, 0, 0])))
        #expect(images.format == .idx && images.values.map(\.shape) == [[2, 1, 3]])
        let summary = images.values[0].summary
        #expect(summary.minimum == 0 && summary.maximum == 255 && summary.distinct == 3 && summary.isWhole)
        let labels = try described(idx([4], [3, 1, 1, 0]))
        #expect(labels.values.map(\.shape) == [[4]] && labels.values[0].summary.distinct == 3)
    }

    @Test("many different values are not counted")
    func distinct() throws {
        let rows = (0..<1001).map { "\($0),\($0 % 1000)" }.joined(separator: "\n")
        #expect(try described(Array(rows.utf8)).values.map(\.summary.distinct) == [nil, 1000])
    }

    @Test("what is no data gets a sentence")
    func others() throws {
        #expect(try problem([]).code == .empty)
        #expect(try problem([0x7F, 0x45, 0x4C, 0x46, 0, 1]).code == .wrongFormat)
        #expect(try problem(Array("a;b\n1;2\n".utf8)).problem.contains("not by semicolons"))
        #expect(try problem(Array("a,b\n".utf8)).code == .empty)
        let ragged = try problem(Array("1,2\n1,2,3\n".utf8))
        #expect(ragged.code == .wrongColumnCount && ragged.line == 2)
        #expect(try problem(idx([2, 2], [1, 2, 3])).code == .truncated)
        #expect(throws: DataError.self) { try FileDescription(path: "/nowhere/data.csv", .own) }
    }

    // Files that NumPy and Pillow wrote: arrays_reference.py and pictures_reference.py, beside them.

    @Test("an archive of NumPy's has its arrays, those of no use with the reason")
    func archive() throws {
        for file in ["stored.npz", "packed.npz"] {
            let archive = try FileDescription(path: Fixture.url("arrays/\(file)").path, .own)
            #expect(archive.format == .npz)
            let values = Dictionary(uniqueKeysWithValues: archive.values.map { ($0.name, $0) })
            let classes = try #require(values["classes"])
            #expect(classes.shape == [3] && classes.summary.isWhole && classes.summary.distinct == 3)
            #expect(classes.summary.minimum == 0 && classes.summary.maximum == 2 && classes.problem == nil)
            let columns = try #require(values["f8_big_columns"])
            #expect(columns.shape == [3, 2, 4] && columns.summary.maximum == (23.0 * 7 - 60) / 4)
            #expect(values["targets"]?.summary.isWhole == false)
            #expect(values["not_finite"]?.problem?.contains("not finite") == true)
            #expect(values["text"]?.problem?.contains("has elements of the type") == true)
        }
        let array = try FileDescription(path: Fixture.url("arrays/classes.npy").path, .own)
        #expect(array.format == .npy && array.values.map(\.name) == [""] && array.values[0].shape == [3])
    }

    @Test("a folder of pictures has its classes, and a size in the middle")
    func pictures() throws {
        let folder = try FileDescription(path: Fixture.url("pictures").path, .own)
        #expect(folder.format == .images && folder.classes == ["Tulip, wild", "rose", "tulip"])
        #expect(folder.values.map(\.shape) == [[8, 3, 17, 13]])
        #expect(folder.values[0].summary.minimum == 0 && folder.values[0].summary.maximum == 255)
        #expect(throws: DataError.self) { try FileDescription(path: Fixture.url("golden").path, .own) }
    }
}
