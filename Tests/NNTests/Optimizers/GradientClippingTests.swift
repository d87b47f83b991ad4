import NN
import Spec
import Tensor
import TestSupport
import Testing

@Suite("Gradient clipping")
struct GradientClippingTests {
    /// 1,000 trained weights with 300 frozen ones among them, and averages behind.
    private static let layout = FlatLayer(
        parameters: [("a", 450), ("b", 300), ("c", 550)].map { name, count in
            Parameter(name: "\(name).weight", shape: [count], initializer: .zeros, decays: true)
        },
        averages: [RunningAverage(name: "d.mean", shape: [77], initialValue: 0, momentum: 0.1)]
    ).layout(["b": ParameterPolicy(isFrozen: true)])
    private static let frozen = 450..<750
    private static let averages = 1300..<1377

    @Test("a norm above the limit is scaled to it, any other is left alone: NumPy's numbers")
    func reference() throws {
        let reference = try OptimizerReference.load()
        for (gradient, clipped) in zip(reference.gradients, reference.clipped_to_half) {
            let buffer = FlatBuffer(gradient.map { Float($0) })
            GradientClipping.norm(0.5).clip(buffer, layout: reference.layout)
            for (found, exact) in zip(buffer.values, clipped) {
                #expect(abs(Double(found) - exact) <= 1e-6 * abs(exact) + 1e-37)
            }
        }
        let small = FlatBuffer([0.3, 0, -0.4])
        let layout = ParameterLayout([
            Parameter(name: "a", shape: [3], initializer: .zeros, decays: true)
        ])
        GradientClipping.norm(0.5000001).clip(small, layout: layout)
        #expect(small.values == [0.3, 0, -0.4])
    }

    @Test("gradients whose squares overflow single precision are scaled as well")
    func huge() {
        let layout = ParameterLayout([Parameter(name: "a", shape: [2], initializer: .zeros, decays: true)])
        let gradients = FlatBuffer([3e30, -4e30])
        GradientClipping.norm(1).clip(gradients, layout: layout)
        #expect(deviation(gradients.values, from: [0.6, -0.8]) <= 1e-6)
    }

    @Test("what is frozen and running averages neither count nor change")
    func excluded() {
        let (layout, count) = (GradientClippingTests.layout, GradientClippingTests.layout.count)
        let start = wave(count)
        for clipping in [GradientClipping.norm(1), .value(0.25)] {
            let gradients = FlatBuffer(start)
            clipping.clip(gradients, layout: layout)
            let found = gradients.values
            for range in [GradientClippingTests.frozen, GradientClippingTests.averages] {
                #expect(Array(found[range]) == Array(start[range]))
            }
            let trained = Array(0..<450) + Array(750..<1300)
            let before = trained.map { Double(start[$0]) }
            let norm = before.map { $0 * $0 }.reduce(0, +).squareRoot()
            let exact =
                clipping == .norm(1) ? before.map { $0 / norm } : before.map { max(-0.25, min(0.25, $0)) }
            #expect(deviation(trained.map { found[$0] }, from: exact) <= 1e-6)
        }
    }

    @Test("a step in slices has the same bits as in one, with clipping and frozen layers")
    func slices() {
        let (layout, count) = (GradientClippingTests.layout, GradientClippingTests.layout.count)
        func bits(_ clipping: GradientClipping, cuts: [Int]) -> [UInt32] {
            let bounds = [0] + cuts + [count]
            let slices = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
            let pieces = stride(from: 0, to: count, by: 256).map { $0..<min($0 + 256, count) }
            let weights = FlatBuffer(wave(count, phase: 1))
            let state = (0..<2).map { _ in FlatBuffer(count: count) }
            for update in 1...3 {
                let gradients = FlatBuffer(wave(count, phase: Double(update)))
                let squares = pieces.reduce(0) {
                    $0 + GradientClipping.squares(of: gradients, layout: layout, in: $1)
                }
                for slice in slices.reversed() {
                    clipping.clip(gradients, layout: layout, in: slice, squares: squares)
                    Adam(weightDecay: 0.1).step(
                        weights, gradients: gradients, state: state, layout: layout, in: slice, update: update
                    )
                }
            }
            return ([weights] + state).flatMap { $0.values.map(\.bitPattern) }
        }
        for clipping in [GradientClipping.norm(1), .value(0.25)] {
            let whole = bits(clipping, cuts: [])
            for cuts in [[256], [512, 768], [256, 256, 512, 768, 1024, 1280], [1280]] {
                #expect(bits(clipping, cuts: cuts) == whole)
            }
        }
    }

    @Test("a job file names either, or none")
    func fromSpec() throws {
        #expect(GradientClipping(try job().training) == nil)
        #expect(GradientClipping(try job(training: "{steps: 5, clip_norm: 0.5}").training) == .norm(0.5))
        #expect(GradientClipping(try job(training: "{steps: 5, clip_value: 2}").training) == .value(2))
    }
}
