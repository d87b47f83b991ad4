import Tensor
import Testing

@Suite("Sliding windows")
struct GeometryTests {
    @Test("as many windows as can be laid out one by one")
    func output() {
        for input in 0...9 {
            for kernel in 1...4 {
                for stride in 1...4 {
                    for padding in 0...3 {
                        for dilation in 1...3 {
                            let span = dilation * (kernel - 1) + 1
                            let count = Swift.stride(
                                from: -padding, through: input + padding - span, by: stride
                            ).reduce(0) { count, _ in count + 1 }
                            let geometry = Geometry(
                                input: input, kernel: kernel, stride: stride, padding: padding,
                                dilation: dilation)
                            #expect(geometry?.output ?? 0 == count)
                        }
                    }
                }
            }
        }
    }

    @Test("the sizes of well-known layers: AlexNet's first, ResNet's first, a 2x2 pool on an odd image")
    func known() {
        #expect(Geometry(input: 227, kernel: 11, stride: 4)?.output == 55)
        #expect(Geometry(input: 224, kernel: 7, stride: 2, padding: 3)?.output == 112)
        #expect(Geometry(input: 7, kernel: 2, stride: 2)?.output == 3)
    }

    @Test("the transpose has the size whose windows are as many as asked")
    func transposed() throws {
        for extra in 0..<3 {
            let geometry = try #require(
                Geometry(output: 5, kernel: 4, stride: 3, padding: 1, dilation: 2, extra: extra))
            // (5 - 1) 3 - 2 + 2 (4 - 1) + 1
            #expect(geometry.input == 17 + extra && geometry.output == 5)
        }
        #expect(Geometry(output: 5, kernel: 4, stride: 3, extra: 3) == nil)
    }

    @Test("numbers out of range are refused")
    func refused() {
        #expect(Geometry(input: 3, kernel: 4) == nil && Geometry(input: -1, kernel: 1, padding: 3) == nil)
        #expect(Geometry(input: 3, kernel: 0) == nil && Geometry(input: 3, kernel: 1, stride: 0) == nil)
        #expect(Geometry(input: 3, kernel: 1, padding: -1) == nil)
        #expect(Geometry(input: 3, kernel: 1, dilation: 0) == nil)
        #expect(Geometry(output: 0, kernel: 1) == nil && Geometry(output: 1, kernel: 1, padding: 1) == nil)
    }
}
