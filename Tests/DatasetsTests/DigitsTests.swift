import Datasets
import Foundation
import Spec
import Testing

/// The counts and numbers are those of `sklearn.datasets.load_digits()` and of NumPy.
@Suite("The digits that come with the project")
struct DigitsTests {
    private func read(_ part: String) throws -> Dataset {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try readTable(root.path + "/Examples/digits/digits-\(part).csv.gz", label: "64", header: false)
    }

    @Test("all 1,797 of them are there, as many of each digit as there should be")
    func histogram() throws {
        let train = try read("train")
        let test = try read("test")
        #expect(train.count == 1_437)
        #expect(test.count == 360)
        #expect(train.featureShape == [64])
        #expect(train.classCount == 10)
        var histogram = [Int](repeating: 0, count: 10)
        for label in train.labels + test.labels { histogram[Int(label)] += 1 }
        #expect(histogram == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    }

    @Test("every pixel is what NumPy reads")
    func fingerprints() throws {
        #expect(
            try read("train").fingerprint()
                == "96e78d5546b20804c9942856302260515a310634af9c895725911d5faffc5352")
        #expect(
            try read("test").fingerprint()
                == "ed724c2571cc4f66fbbbfa95884b8a1a364c0809ce2203b95e343b7d912b9751"
        )
    }

    @Test("standardized as by NumPy, with pixels that are never set")
    func standardized() throws {
        let train = try read("train")
        let scaling = try FeatureScaling.fit(.standardize, on: train)
        guard case .standardize(let means, let deviations) = scaling else {
            Issue.record("\(scaling) is not what was asked for")
            return
        }
        let shown = [0, 1, 2, 20, 39]
        #expect(
            shown.map { means[$0] } == [0.0, 0.28670841455459595, 5.175365447998047, 7.013917922973633, 0.0])
        #expect(
            shown.map { deviations[$0] } == [
                0.0, 0.8644675612449646, 4.718211650848389, 6.133388519287109, 0.0,
            ])
        #expect(
            try train.scaled(by: scaling).gathered([0]).prefix(8) == [
                0.0, -0.3316589593887329, -0.037167780101299286, 0.2841780185699463, -0.7142144441604614,
                -0.8702973127365112, -0.4167516231536865, -0.13381695747375488,
            ])
    }
}
