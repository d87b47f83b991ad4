import Datasets
import Spec
import Testing

@Suite("Reading tables")
struct CSVReadingTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("the label column is found by name and left out of the features")
    func byName() throws {
        let path = try directory.file("wine.csv", "acid,quality,sugar\n1.5,3,2\n-2,0,1e2\n")
        let dataset = try readTable(path, label: "quality")
        #expect(dataset.count == 2)
        #expect(dataset.featureShape == [2])
        #expect(dataset.classCount == 4)
        #expect(dataset.gathered() == [1.5, 2, -2, 100])
        #expect(dataset.labels == [3, 0])
    }

    @Test("the label column is found by index, with and without a header", arguments: [true, false])
    func byIndex(hasHeader: Bool) throws {
        let path = try directory.file("t.csv", (hasHeader ? "a,b,c\n" : "") + "1,2,0\n3,4,1\n")
        let dataset = try readTable(path, label: "2", header: hasHeader)
        #expect(dataset.gathered() == [1, 2, 3, 4])
        #expect(dataset.labels == [0, 1])
    }

    @Test("a name that looks like an index is a name first")
    func numberAsName() throws {
        let dataset = try readTable(try directory.file("t.csv", "2,1,0\n7,8,9\n"), label: "2")
        #expect(dataset.labels == [7])
    }

    @Test(
        "ends of lines, blank lines, blanks, tabs, quotes and a byte order mark are no obstacle",
        arguments: [
            "1,2,0\n3,4,1\n", "1,2,0\r\n3,4,1\r\n", "1,2,0\n3,4,1", "1,2,0\r\n3,4,1",
            "\n\n1,2,0\n  \n\t\r\n3,4,1\n\n",
            " 1 ,\t2,0 \n3 , 4,  1\t\n", "\"1\",2,\"0\"\n \" 3 \" ,\"4\",1\n", "\u{FEFF}1,2,0\n3,4,1\n",
        ])
    func forms(text: String) throws {
        let dataset = try readTable(try directory.file("t.csv", text), label: "2", header: false)
        #expect(dataset.gathered() == [1, 2, 3, 4])
        #expect(dataset.labels == [0, 1])
    }

    @Test("names may be quoted, with commas and quotes inside")
    func quotedNames() throws {
        let path = try directory.file("t.csv", "\u{FEFF}\"a, \"\"b\"\"\" , \"class\"\r\n5,1\r\n")
        #expect(try readTable(path, label: "class").gathered() == [5])
        #expect(try readTable(path, label: "a, \"b\"").labels == [5])
    }

    @Test("regression takes any finite number as a target")
    func regression() throws {
        let path = try directory.file("t.csv", "x,y\n1,-0.25\n2,1e3\n")
        let source = SourceSpec.csv(CSVSourceSpec(path: path, label: "y"))
        let dataset = try Dataset.load(source, task: .regression)
        #expect(dataset.targetShape == [1])
        #expect(dataset.classCount == nil)
        #expect(dataset.values == [-0.25, 1000])
    }

    @Test("several columns make a vector of targets, in the order in which they are named")
    func vectorTargets() throws {
        let path = try directory.file("t.csv", "a,x,b,z,c\n1,10,2,20,3\n4,30,5,40,6\n")
        let source = SourceSpec.csv(CSVSourceSpec(path: path, labels: ["c", "a", "2"]))
        let dataset = try Dataset.load(source, task: .regression)
        #expect(dataset.featureShape == [2] && dataset.targetShape == [3])
        #expect(dataset.gathered() == [10, 20, 30, 40])
        #expect(dataset.values == [3, 1, 2, 6, 4, 5])
        #expect(try dataset.targetRange() == 1...6)
        #expect(try dataset.subset(rows: [0]).targetRange() == 1...3)
        #expect(dataset.labelsPerSample == nil)
    }

    @Test("several columns of class indices are a label for each position of a sequence")
    func sequences() throws {
        let path = try directory.file("t.csv", "1,0,9,2\n3,1,8,4\n")
        let source = SourceSpec.csv(CSVSourceSpec(path: path, labels: ["3", "1"], header: false))
        let dataset = try Dataset.load(source, task: .classification)
        #expect(dataset.labelsPerSample == 2 && dataset.classCount == 5 && dataset.targetShape == nil)
        #expect(dataset.labels == [2, 0, 4, 1])
        #expect(dataset.gathered() == [1, 9, 3, 8])
        let single = try readTable(path, label: "1", header: false)
        #expect(single.labelsPerSample == 1)
        #expect(try single.targetRange() == nil)
        #expect(try dataset.fingerprint() != single.fingerprint())
        let turned = dataset.subset(rows: [1, 0])
        #expect(turned.labels == [4, 1, 2, 0])
        #expect(try turned.fingerprint() != dataset.fingerprint())
    }

    @Test("class labels may be written as whole numbers with a point")
    func wholeLabels() throws {
        let path = try directory.file("t.csv", "1,2.0\n1,1e1\n1,16777215\n")
        let dataset = try readTable(path, label: "1", header: false)
        #expect(dataset.labels == [2, 10, 16_777_215])
        #expect(dataset.classCount == 16_777_216)
    }

    @Test("lines that cross the reader's pieces of a file are put together")
    func long() throws {
        var text = ""
        var features: [Float] = []
        var labels: [Int32] = []
        for row in 0..<60_000 {
            text += "\(row),\(row % 7).5,\(row % 3)\r\n"
            features += [Float(row), Float(row % 7) + 0.5]
            labels.append(Int32(row % 3))
        }
        for bytes in [Array(text.utf8), storedGzip(Array(text.utf8))] {
            let dataset = try readTable(directory.file("t.csv", bytes), label: "2", header: false)
            #expect(dataset.gathered() == features)
            #expect(dataset.labels == labels)
        }
    }

    @Test("one line may be longer than the reader's pieces of a file")
    func wide() throws {
        let row = (0..<200_000).map { String($0) }.joined(separator: ",")
        let dataset = try readTable(directory.file("t.csv", row), label: "199999", header: false)
        let expected = (0..<199_999).map { Float($0) }
        #expect(dataset.gathered() == expected)
    }
}
