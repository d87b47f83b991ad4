import Foundation
import Glibc
import TestSupport
import Testing

@Suite("nnd bench as a program", .timeLimit(.minutes(15)))
struct BenchTests {
    private func bench(
        _ words: String...
    ) async throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let errors = directory.file("errors")
        let process = try ChildProcess(
            Programs.nnd, ["bench"] + words, capturing: STDOUT_FILENO, errors: errors)
        let exit = await process.ended
        return (exit, await process.text, (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "")
    }

    @Test("prints a JSON object a line, with sane figures")
    func json() async throws {
        let spec = Programs.digits + "/digits.yaml"
        let (exit, output, errors) = try await bench(
            "mlp_s", spec, "--workers", "1,2", "--seconds", "0.2", "--json")
        #expect(exit == .code(0) && errors.isEmpty)
        let results = try output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(results.map { $0["case"] as? String } == ["mlp_s", "mlp_s", "digits", "digits"])
        #expect(results.map { $0["workers"] as? Int } == [1, 2, 1, 2])
        for result in results {
            func number(_ key: String) throws -> Double { try #require(result[key] as? Double) }
            #expect(try number("samples_per_s") >= number("samples_per_s_median"))
            #expect(try number("samples_per_s_median") > 0 && number("step_us_p50") <= number("step_us_p99"))
            #expect(try number("limit_samples_per_s") > 0 && number("fraction_of_limit") > 0)
            #expect(result["limit_basis"] as? String == "products" && result["batch_size"] as? Int == 32)
            #expect(result["shards"] as? Int == 2)
        }
    }

    @Test("without --json a table; without the limit no limit")
    func table() async throws {
        let (exit, output, errors) = try await bench(
            "mlp_s", "--workers", "2", "--seconds", "0.2", "--no-limit")
        #expect(exit == .code(0) && errors.isEmpty)
        let lines = output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("case ") && lines[1].hasPrefix("mlp_s "))
        #expect(lines[1].hasSuffix(" -") && lines[0].count == lines[1].count)
    }

    @Test("an unknown case exits 64 and a bad file 65, each with one sentence")
    func mistakes() async throws {
        let unknown = try await bench("lenett")
        #expect(unknown.exit == .code(64) && unknown.output.isEmpty)
        #expect(unknown.errors.hasPrefix("nnd: unknown case `lenett`, did you mean `lenet`?"))
        #expect(unknown.errors.split(separator: "\n").count == 1)
        let absent = try await bench("/nowhere/job.yaml")
        #expect(absent.exit == .code(65) && absent.output.isEmpty)
        #expect(absent.errors == "nnd: /nowhere/job.yaml: the file cannot be read.\n")
        #expect(try await bench("--workers", "0").exit == .code(64))
    }
}
