import Datasets
import Foundation
import Spec
import Testing

/// The expected numbers were made by NumPy 2.4 in float32; mean and standard deviation in float64, then
/// rounded.
@Suite("Scaling features")
struct FeatureScalingTests {
    private let bytes: [UInt8] = [0, 10, 7, 255, 20, 7, 3, 200, 7, 77, 33, 7]
    private let floats: [Float] = [
        0.1, -3.25, 1e-3, 0.1, 12.5, 2e-3, 0.1, 7.75, -5e-4, 0.1, 100, 0, 0.1, -41, 9e-3,
    ]

    private func byteDataset() throws -> Dataset {
        try Dataset(
            features: .bytes(bytes), featureShape: [3], targets: .classes([0, 1, 2, 3], classCount: 4))
    }

    private func floatDataset() throws -> Dataset {
        try Dataset(
            features: .floats(floats), featureShape: [3], targets: .values([1, 2, 3, 4, 5], shape: [1]))
    }

    @Test("without a scaling the numbers are what was read")
    func none() throws {
        let scaling = try FeatureScaling.fit(.none, on: floatDataset())
        #expect(scaling == .none)
        #expect(try floatDataset().scaled(by: scaling).gathered() == floats)
        #expect(try byteDataset().scaled(by: scaling).gathered() == bytes.map { Float($0) })
    }

    @Test("dividing is NumPy's float32 division")
    func divide() throws {
        let byteScaling = try FeatureScaling.fit(.divide(255), on: byteDataset())
        #expect(
            try byteDataset().scaled(by: byteScaling).gathered() == [
                0.0, 0.03921568766236305, 0.027450980618596077, 1.0, 0.0784313753247261, 0.027450980618596077,
                0.0117647061124444, 0.7843137383460999, 0.027450980618596077, 0.3019607961177826,
                0.12941177189350128, 0.027450980618596077,
            ])
        let floatScaling = try FeatureScaling.fit(.divide(3), on: floatDataset())
        #expect(
            try floatDataset().scaled(by: floatScaling).gathered() == [
                0.03333333507180214, -1.0833333730697632, 0.0003333333588670939, 0.03333333507180214,
                4.166666507720947, 0.0006666667177341878, 0.03333333507180214, 2.5833332538604736,
                -0.00016666667943354696, 0.03333333507180214, 33.33333206176758, 0.0, 0.03333333507180214,
                -13.666666984558105, 0.0029999997932463884,
            ])
    }

    @Test("standardizing bytes; a constant feature gives 0")
    func standardizeBytes() throws {
        let scaling = try FeatureScaling.fit(.standardize, on: byteDataset())
        #expect(
            scaling
                == .standardize(
                    means: [83.75, 65.75, 7.0], deviations: [103.5697250366211, 77.93707275390625, 0]))
        #expect(
            try byteDataset().scaled(by: scaling).gathered() == [
                -0.8086339831352234, -0.7153207063674927, 0, 1.6534755229949951, -0.5870120525360107, 0,
                -0.7796679735183716, 1.722543478012085, 0, -0.06517348438501358, -0.4202108085155487, 0,
            ])
    }

    @Test("standardizing floats; a constant feature gives 0 for other values too")
    func standardizeFloats() throws {
        let scaling = try FeatureScaling.fit(.standardize, on: floatDataset())
        #expect(
            scaling
                == .standardize(
                    means: [0.10000000149011612, 15.199999809265137, 0.002300000051036477],
                    deviations: [0, 46.37385940551758, 0.0034583231899887323]))
        #expect(
            try floatDataset().scaled(by: scaling).gathered() == [
                0, -0.39785346388816833, -0.37590470910072327, 0, -0.0582224503159523, -0.08674722909927368,
                0, -0.1606508493423462, -0.8096409440040588, 0, 1.8286164999008179, -0.6650621891021729,
                0, -1.211889624595642, 1.9373550415039062,
            ])
        let other = try Dataset(
            features: .floats([1e6, 15.2, 0.0023]), featureShape: [3], targets: .values([1], shape: [1]))
        #expect(try other.scaled(by: scaling).gathered()[0] == 0)
    }

    @Test("a scaling is fitted on the rows of a view alone, before any other scaling")
    func view() throws {
        let view = try byteDataset().scaled(by: .divide(by: 2)).subset(rows: [0, 2])
        #expect(
            try FeatureScaling.fit(.standardize, on: view)
                == .standardize(means: [1.5, 105, 7], deviations: [1.5, 95, 0]))
    }

    @Test(
        "a divisor that is 0 or infinite in 32 bits",
        arguments: [
            (1e-60, "1e-60, which is 0.0"),
            (0, "0.0, which is 0.0"),
            (1e300, "1e+300, which is inf"),
        ])
    func badDivisor(divisor: Double, found: String) throws {
        let dataset = try byteDataset()
        let sentence =
            "data.scale.divide: features cannot be divided by \(found) as a 32-bit number; take one from 1e-38 to 1e38"
        expect(.badScale, sentence) { () throws(DataError) in
            try dataset.scaled(by: FeatureScaling.fit(.divide(divisor), on: dataset))
        }
    }

    @Test("a scaling of other features does not fit")
    func otherFeatures() throws {
        let dataset = try byteDataset()
        expect(
            .badScale, "the scaling was fitted on 2 features, but the samples have 3"
        ) { () throws(DataError) in
            try dataset.scaled(by: .standardize(means: [1, 2], deviations: [1, 1]))
        }
    }

    @Test("a scaling survives JSON to the bit, and its form stays readable for ever")
    func codable() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let scalings: [(FeatureScaling, String)] = [
            (.none, #"{"none":{}}"#),
            (.divide(by: 255), #"{"divide":{"by":255}}"#),
            (
                .standardize(means: [0.1, -2], deviations: [1.5, 0]),
                #"{"standardize":{"deviations":[1.5,0],"means":[0.1,-2]}}"#
            ),
        ]
        for (scaling, json) in scalings {
            #expect(String(decoding: try encoder.encode(scaling), as: UTF8.self) == json)
            #expect(try JSONDecoder().decode(FeatureScaling.self, from: Data(json.utf8)) == scaling)
        }
    }
}
