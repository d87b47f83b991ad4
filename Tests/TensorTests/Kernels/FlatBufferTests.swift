import Tensor
import Testing

@Suite("Flat buffers")
struct FlatBufferTests {
    private static let finite: [Float] = [
        0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1, -1,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    ]
    private static let infinite: [Float] = [
        .infinity, -.infinity, .nan, -.nan, .signalingNaN, Float(bitPattern: 0x7F80_0001),
        Float(bitPattern: 0xFFFF_FFFF),
    ]

    @Test("isFinite sees every special value at every position", arguments: 0..<67)
    func isFinite(_ position: Int) {
        let buffer = FlatBuffer([Float](repeating: 1, count: 67))
        for value in FlatBufferTests.finite {
            buffer.write([value], at: position)
            #expect(buffer.isFinite(in: 0..<67), "\(value)")
        }
        for value in FlatBufferTests.infinite {
            buffer.write([value], at: position)
            #expect(!buffer.isFinite(in: 0..<67), "\(value)")
            #expect(!buffer.isFinite(in: position..<(position + 1)))
            #expect(buffer.isFinite(in: 0..<position) && buffer.isFinite(in: (position + 1)..<67))
        }
    }

    @Test("many finite values of the largest size do not look infinite together")
    func largest() {
        let buffer = FlatBuffer([Float](repeating: .greatestFiniteMagnitude, count: 1000))
        #expect(buffer.isFinite(in: 0..<1000))
        #expect(FlatBuffer(count: 0).isFinite(in: 0..<0))
    }

    @Test("adding changes a range and nothing around it")
    func add() {
        let a = FlatBuffer((0..<40).map(Float.init))
        let b = FlatBuffer([Float](repeating: 0.5, count: 40))
        a.add(b, in: 3..<37)
        #expect(a.values == (0..<40).map { Float($0) + ((3..<37).contains($0) ? 0.5 : 0) })
    }

    @Test("a buffer starts with zeros; spans read and write a range of it")
    func spans() {
        let buffer = FlatBuffer(count: 5)
        #expect(buffer.values == [0, 0, 0, 0, 0])
        buffer.withMutableSpan(in: 1..<3) { span in
            span[0] = 4
            span[1] = 5
        }
        #expect(buffer.values(in: 1..<4) == [4, 5, 0])
        #expect(buffer.withSpan(in: 2..<5) { $0[0] } == 5)
    }

    @Test("fitting pieces of memory are used again, so that a repeated computation allocates nothing")
    func pool() throws {
        let pool = BufferPool()
        func step() throws {
            let x = Tensor.wave([32, 20]).pooled(in: pool).tracked
            let y = Tensor.dense(x, weight: .wave([20, 7]), bias: .wave([7]), activation: .relu).softmax()
            _ = try gradients(of: y.weighted(), withRespectTo: ["x": x])
        }
        try step()
        let bytes = pool.allocatedBytes
        #expect(bytes > 0)
        for _ in 0..<20 { try step() }
        #expect(pool.allocatedBytes == bytes)
    }
}

extension Tensor {
    fileprivate func pooled(in pool: BufferPool) -> Tensor { Tensor(values, shape: shape, pool: pool) }
}
