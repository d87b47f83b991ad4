import Foundation
import Testing
import nnctl

@Suite("Numbers as people read them")
struct NumberTests {
    // No exact halves among them: printf rounds those to even.
    @Test(
        "fixed decimals agree with C's printf",
        arguments: [
            0, 1, 0.12346, 0.99996, 123.456, -7.0001, 1e-9, 99999.99999, 0.046, 2.671, 1e11,
        ])
    func fixed(value: Double) {
        for places in 0...4 {
            #expect(Number.fixed(value, places) == String(format: "%.\(places)f", value))
        }
    }

    @Test(
        "halves go away from zero, and zero has no sign",
        arguments: [
            (0.5, 0, "1"), (-0.5, 0, "-1"), (0.125, 2, "0.13"), (-1e-9, 3, "0.000"), (-0.0, 1, "0.0"),
        ])
    func halves(value: Double, places: Int, text: String) {
        #expect(Number.fixed(value, places) == text)
    }

    @Test(
        "scientific notation agrees with C's printf",
        arguments: [
            0, 1, 9.994, 9.996, 1.5e-5, 1e-5, 9.999e99, 1e300, -2.5e-12, 123456, 1e-299,
        ])
    func scientific(value: Double) {
        #expect(Number.scientific(value) == String(format: "%.2e", value))
    }

    @Test(
        "losses",
        arguments: [
            (0.0, "0.0000"), (0.27134, "0.2713"), (12.5, "12.5000"), (0.00012, "1.20e-04"),
            (1_234_567, "1.23e+06"),
            (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "NaN"), (-0.5, "-0.5000"),
        ])
    func loss(value: Double, text: String) {
        #expect(Number.loss(value) == text)
    }

    @Test(
        "rates have three digits",
        arguments: [
            (0.0, "0.00"), (9.5312, "9.53"), (9.996, "10.0"), (99.96, "100"), (999.4, "999"),
            (999.6, "1.00k"),
            (84_123, "84.1k"), (1_234_567, "1.23M"), (5e9, "5.00G"),
        ])
    func rate(value: Double, text: String) {
        #expect(Number.rate(value) == text)
    }

    @Test(
        "sizes",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (1_420_000, "1.42 MB"), (3 << 30, "3.22 GB"),
        ])
    func bytes(count: Int, text: String) {
        #expect(Number.bytes(count) == text)
    }

    @Test(
        "clocks",
        arguments: [
            (0.0, "0:00"), (42, "0:42"), (59.6, "1:00"), (3725, "1:02:05"), (86_400 + 7, "1d 00:00:07"),
            (-5, "0:00"),
            (.nan, "0:00"), (.infinity, "0:00"),
        ])
    func clock(seconds: Double, text: String) {
        #expect(Time.clock(seconds) == text)
    }

    @Test(
        "short times have decimals",
        arguments: [(0.0, "0.00 s"), (0.123, "0.12 s"), (9.5, "9.50 s"), (12.4, "0:12")])
    func elapsed(seconds: Double, text: String) {
        #expect(Time.elapsed(seconds) == text)
    }

    @Test(
        "ages", arguments: [(0.0, "0s"), (59, "59s"), (60, "1m"), (7200, "2h"), (200_000, "2d"), (-9, "0s")])
    func age(seconds: Double, text: String) {
        #expect(Time.short(seconds) == text)
        #expect(Time.ago(Samples.ago(seconds), now: Samples.now) == text + " ago")
    }
}
