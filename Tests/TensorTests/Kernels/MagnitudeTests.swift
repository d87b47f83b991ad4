import CKernels
import Testing

@Suite("Largest magnitudes")
struct MagnitudeTests {
    @Test("of every length; an infinity and a NaN are larger than all numbers, wherever they stand")
    func magnitudes() {
        for count in 0...70 {
            let x: [Float] = (0..<count).map { i in
                let size = Float((i * 29) % 71)
                return i.isMultiple(of: 2) ? size : -size
            }
            let expected: Float = x.reduce(0) { max($0, abs($1)) }
            #expect(nnd_magnitude(x, count) == expected)
            var copy = [Float](repeating: 7, count: count + 1)
            #expect(nnd_copy_with_magnitude(&copy, x, count) == expected)
            #expect(copy == x + [7])
            for place in 0..<count {
                for special in [Float.infinity, -.infinity, .nan, -.nan, .signalingNaN] {
                    var y = x
                    y[place] = special
                    #expect(!nnd_magnitude(y, count).isFinite)
                    #expect(!nnd_copy_with_magnitude(&copy, y, count).isFinite)
                }
            }
        }
    }
}
