import Parallel
import Testing
import nnd

@Suite("The OpenMetrics text")
struct OpenMetricsTextTests {
    /// The specification's own rules: type, unit, help, then samples; the end is said.
    @Test("families, endings, escapes and numbers")
    func families() {
        var text = OpenMetricsText()
        text.add("a_seconds", .counter, unit: "seconds", "Of \"a\".", [.init(1.5)])
        text.add("b", .gauge, "B.", [.init(3, [("name", "x\"y\\z\n")]), .init(.nan), .init(-.infinity)])
        text.add("c", .info, "C.", [.init(1, [("version", "2"), ("set", "avx2")])])
        text.add("empty", .gauge, "Nothing.", [])
        #expect(
            text.document == """
                # TYPE a_seconds counter
                # UNIT a_seconds seconds
                # HELP a_seconds Of \\"a\\".
                a_seconds_total 1.5
                # TYPE b gauge
                # HELP b B.
                b{name="x\\"y\\\\z\\n"} 3
                b NaN
                b -Inf
                # TYPE c info
                # HELP c C.
                c_info{version="2",set="avx2"} 1
                # EOF

                """)
    }

    @Test("a histogram's buckets count all that is not above them")
    func histogram() {
        var durations = DurationHistogram()
        for milliseconds in [1.0, 1.5, 1.5, 60_000] { durations.add(.seconds(milliseconds / 1000)) }
        var text = OpenMetricsText()
        text.add("d_seconds", "D.", [([("job", "1")], durations)])
        let lines = text.document.split(separator: "\n")
        #expect(lines.contains(#"d_seconds_bucket{job="1",le="0.0005"} 0"#))
        #expect(lines.contains(#"d_seconds_bucket{job="1",le="0.001"} 1"#))
        #expect(lines.contains(#"d_seconds_bucket{job="1",le="0.0025"} 3"#))
        #expect(lines.contains(#"d_seconds_bucket{job="1",le="30"} 3"#))
        #expect(lines.contains(#"d_seconds_bucket{job="1",le="+Inf"} 4"#))
        #expect(lines.contains(#"d_seconds_count{job="1"} 4"#))
        #expect(lines.contains(#"d_seconds_sum{job="1"} 60.004"#))
    }
}
