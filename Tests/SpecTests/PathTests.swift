import Spec
import Testing

@Suite("Paths of a job")
struct PathTests {
    @Test("relative ones are taken from the directory, absolute ones stay")
    func resolving() {
        var job = example
        job.data.validation = .source(.csv(.init(path: "/data/v.csv", label: "y")))
        job.data.test = .csv(.init(path: "../t.csv", label: "y"))
        job.model.initialWeights = "././/w.safetensors"
        for directory in ["/home/ada", "/home/ada/"] {
            let resolved = job.resolvingPaths(relativeTo: directory)
            #expect(
                resolved.data.train
                    == .idx(
                        .init(
                            images: "/home/ada/train-images-idx3-ubyte.gz",
                            labels: "/home/ada/train-labels-idx1-ubyte.gz")))
            #expect(resolved.data.validation == job.data.validation)
            #expect(resolved.data.test == .csv(.init(path: "/home/ada/../t.csv", label: "y")))
            var arrays = job
            arrays.data.train = .npy(.init(features: "x.npy", labels: "/y.npy"))
            arrays.data.validation = .source(.npz(.init(path: "./m.npz", features: "x", labels: "y")))
            arrays.data.test = .images(.init(directory: "flowers", size: [2, 2]))
            let data = arrays.resolvingPaths(relativeTo: directory).data
            #expect(data.train == .npy(.init(features: "/home/ada/x.npy", labels: "/y.npy")))
            #expect(
                data.validation
                    == .source(.npz(.init(path: "/home/ada/m.npz", features: "x", labels: "y"))))
            #expect(data.test == .images(.init(directory: "/home/ada/flowers", size: [2, 2])))
            #expect(resolved.model.initialWeights == "/home/ada/w.safetensors")
            #expect(resolved.resolvingPaths(relativeTo: "/elsewhere") == resolved)
        }
    }
}
