import NN
import Parallel
import Spec
import Tensor
import Testing

@Suite("In which parts ranks send their gradients")
struct GradientBucketsTests {
    private func buckets(_ units: [Int], samples: Int, ranks: Int) throws -> (GradientBuckets, Model) {
        var spec = SmallJob.spec().model
        spec.layers =
            units.map { LayerSpec(.dense(DenseSpec(units: $0))) } + [LayerSpec(.batchNorm(BatchNormSpec()))]
        let model = try Model(spec)
        return (
            GradientBuckets(model, weights: model.layout.factoredWeights, samples: samples, ranks: ranks),
            model
        )
    }

    @Test("All of the gradient is in one of them, once", arguments: [1, 2, 5])
    func partition(ranks: Int) throws {
        let (buckets, model) = try buckets([300, 40, 500, 10], samples: 200, ranks: ranks)
        let weights = model.layout.factoredWeights
        #expect(buckets.all.flatMap(\.weights).sorted() == Array(weights.indices))
        let ranges = (buckets.all.flatMap(\.ranges) + weights.map(\.range))
            .sorted { $0.lowerBound < $1.lowerBound }
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == model.layout.count)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(buckets.parts.isEmpty == (ranks == 1))
    }

    @Test("The last layers' come first, and the first layer's with the rest")
    func order() throws {
        let (buckets, model) = try buckets([300, 300, 300, 300, 10], samples: 200, ranks: 2)
        let places = model.layout.entries.map { entry in
            (name: entry.parameter.name, part: buckets.part(ofParameterAt: entry.range.lowerBound))
        }
        let weights = places.filter { $0.name.hasSuffix(".weight") && $0.name != "5.weight" }
            .sorted { $0.name < $1.name }.map { $0.part ?? buckets.parts.count }
        #expect(weights == weights.sorted(by: >) && weights.count >= 5)
        #expect(weights.first == buckets.parts.count && weights.last == 0)
        #expect(Set(weights).count > 2 && buckets.all.count <= 4)
    }

    @Test("Small gradients are sent at once")
    func small() throws {
        #expect(try buckets([30, 20, 10], samples: 32, ranks: 2).0.parts.isEmpty)
    }
}
