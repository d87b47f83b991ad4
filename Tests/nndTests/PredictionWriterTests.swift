import NumPy
import Parallel
import Testing
import nnd

@Suite("How predictions are written")
struct PredictionWriterTests {
    private func text(_ writer: any PredictionWriter, _ chunk: PredictedChunk, _ samples: Range<Int>)
        -> String
    {
        String(decoding: writer.head + writer.body(of: chunk, samples) + writer.end, as: UTF8.self)
    }

    private let two = PredictedChunk(values: [0.25, 0.75, .nan, 1, 1e-9, 5], classes: [1, -1, 0])

    @Test("as JSON, a line a sample; a chunk may have more samples than are asked for")
    func json() {
        let shape = PredictionShape(
            kind: .classes, shape: [2], classes: 1, files: ["a \"b\".png", "c.png"], classNames: ["x", "y"])
        #expect(
            text(PredictionJSON(shape, isDocument: true), two, 0..<2)
                == #"{"predictions":[{"class":1,"file":"a \"b\".png","name":"y","probabilities":[0.25,0.75]},"#
                + "\n"
                + #"{"class":null,"file":"c.png","probabilities":["NaN",1.0]}]}"# + "\n")
        let bare = PredictionShape(kind: .classes, shape: [2], classes: 1)
        #expect(
            text(PredictionJSON(bare, isDocument: false), two, 5..<7)
                == #"{"class":1,"probabilities":[0.25,0.75]}"# + "\n"
                + #"{"class":null,"probabilities":["NaN",1.0]}"# + "\n")
        let sequence = PredictionShape(kind: .classes, shape: [3, 2], classes: 3)
        #expect(
            text(PredictionJSON(sequence, isDocument: true), two, 0..<1)
                == #"{"predictions":[{"classes":[1,null,0],"probabilities":[[0.25,0.75],["NaN",1.0],[1e-09,5.0]]}]}"#
                + "\n")
        let numbers = PredictionShape(kind: .numbers, shape: [3], classes: 0)
        #expect(
            text(
                PredictionJSON(numbers, isDocument: false), .init(values: [0, -.infinity, 0.1], classes: []),
                0..<1)
                == #"{"values":[0.0,"-Infinity",0.1]}"# + "\n")
    }

    @Test("as a table")
    func csv() {
        let shape = PredictionShape(
            kind: .classes, shape: [2], classes: 1, files: ["a, \"b\".png", "c.png"], classNames: ["x", "y"])
        #expect(
            text(PredictionCSV(shape), two, 0..<2)
                == "file,class,name,probability_0,probability_1\n\"a, \"\"b\"\".png\",1,y,0.25,0.75\n"
                + "c.png,,,nan,1.0\n")
        let sequence = PredictionShape(kind: .classes, shape: [3, 2], classes: 3)
        #expect(
            text(PredictionCSV(sequence), two, 0..<1)
                == "class_0,class_1,class_2,probability_0_0,probability_0_1,probability_1_0,probability_1_1,"
                + "probability_2_0,probability_2_1\n1,,0,0.25,0.75,nan,1.0,1e-09,5.0\n")
        let parts = PredictionShape(kind: .parts, shape: [2], classes: 0)
        #expect(
            text(PredictionCSV(parts), .init(values: [0.5, 0.25], classes: []), 0..<1)
                == "probability_0,probability_1\n0.5,0.25\n")
    }

    @Test("as an array of NumPy's")
    func npy() throws {
        let writer = PredictionNPY(PredictionShape(kind: .numbers, shape: [2], classes: 0), count: 1)
        let header = try NPYHeader(writer.head)
        #expect(header.shape == [1, 2] && header.type == .float32 && writer.head.count.isMultiple(of: 64))
        let bytes = writer.body(of: .init(values: [1, -2, 7], classes: []), 0..<1)
        #expect(bytes == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0] && writer.end.isEmpty)
    }
}
