import Telemetry
import Testing

@Suite struct MetricsTests {
    @Test func theExpositionIsWhatPrometheusReads() {
        let metrics = Metrics()
        let photos = Metric("fovea_photos_total", .counter, help: "Photos.")
        metrics.add(to: photos, ["outcome": "analysed"])
        metrics.add(2, to: photos, ["outcome": "a\"b\\c"])
        metrics.set(Metric("fovea_queue", .gauge, help: "Depth."), to: 7)
        #expect(
            metrics.exposition() == """
                # HELP fovea_photos_total Photos.
                # TYPE fovea_photos_total counter
                fovea_photos_total{outcome="a\\"b\\\\c"} 2.0
                fovea_photos_total{outcome="analysed"} 1.0
                # HELP fovea_queue Depth.
                # TYPE fovea_queue gauge
                fovea_queue 7.0

                """)
    }

    @Test func histogramsCountUpwards() throws {
        let metrics = Metrics()
        let time = Metric("t_seconds", .histogram, help: "Time.")
        for milliseconds in [1, 3, 400] { metrics.record(.milliseconds(milliseconds), in: time, ["stage": "see"]) }
        let lines = metrics.exposition().split(separator: "\n")
        #expect(lines.contains(#"t_seconds_bucket{stage="see",le="0.001"} 1"#))
        #expect(lines.contains(#"t_seconds_bucket{stage="see",le="0.005"} 2"#))
        #expect(lines.contains(#"t_seconds_bucket{stage="see",le="0.5"} 3"#))
        #expect(lines.contains(#"t_seconds_bucket{stage="see",le="+Inf"} 3"#))
        #expect(lines.contains(#"t_seconds_count{stage="see"} 3"#))
    }

    @Test func measuringCountsFailuresToo() async {
        struct Broken: Error {}
        let metrics = Metrics()
        let time = Metric("t_seconds", .histogram, help: "Time.")
        await #expect(throws: Broken.self) { try await metrics.measure(time) { throw Broken() } }
        #expect(metrics.exposition().contains("t_seconds_count 1"))
    }
}
