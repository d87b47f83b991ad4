// swift-tools-version: 6.3
import Foundation
import PackageDescription

/// What every module of ours is compiled with. `InternalImportsByDefault` keeps a dependency of a module
/// out of its interface unless the module says `public import` or `package import`.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

/// Modules in which every use of unsafe memory must be marked `unsafe`.
let strict: [SwiftSetting] = common + [.strictMemorySafety()]

/// Of tests that compute nothing themselves: half of the time to build them would go for their optimization.
let unoptimized: [SwiftSetting] = common + [.unsafeFlags(["-Onone"])]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioExtras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")

/// Links the Swift runtime into a program: finding the libraries and all that they refer to is half the time in which a verb
/// of `nnctl` is over. The compiler names only those libraries that the modules name.
let withTheRuntime = [
    "-static-stdlib", "-lFoundation", "-lFoundationInternationalization", "-lFoundationEssentials",
    "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections",
]

let package = Package(
    name: "nnd",
    products: [
        .executable(name: "nnd", targets: ["nnd"]),
        .executable(name: "nnctl", targets: ["nnctlProgram"]),
        .library(name: "Tensor", targets: ["Tensor"]),
        .library(name: "NN", targets: ["NN"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Parallel", targets: ["Parallel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CZip", path: "Sources/CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .target(
            name: "CImages", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
        .systemLibrary(name: "CSpawn", path: "Sources/CSpawn"),
        .systemLibrary(name: "CFiles", path: "Sources/CFiles"),
        .target(name: "CCrashes"),
        .target(name: "CPictures"),
        .target(name: "CCredentials"),
        .target(name: "Files", dependencies: ["CCredentials"], swiftSettings: strict),
        .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
        .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
        .target(name: "Spec", dependencies: [yams], swiftSettings: strict),
        .target(name: "CKernels"),
        .target(name: "Charts", swiftSettings: strict),
        .target(name: "NumPy", dependencies: ["CZlib", "CZip"], swiftSettings: strict),
        .target(name: "Tensor", dependencies: ["COneDNN", "CKernels"], swiftSettings: common),
        .target(
            name: "NN", dependencies: ["Spec", "Tensor", "Files", "NumPy", crypto], swiftSettings: strict),
        .target(name: "ONNXProto", dependencies: [protobuf], exclude: ["onnx.proto", "README.md"]),
        .target(
            name: "ONNX", dependencies: ["ONNXProto", "Tensor", "NN", "Datasets", protobuf],
            swiftSettings: strict),
        .target(
            name: "Datasets",
            dependencies: ["Spec", "Tensor", "Files", "NumPy", "CZlib", "CFiles", "CImages", crypto],
            swiftSettings: strict),
        .target(
            name: "Parallel", dependencies: ["Spec", "Tensor", "Files", "NN", "Datasets", logging, crypto],
            swiftSettings: strict),
        .systemLibrary(name: "CMPI", path: "Sources/CMPI"),
        .target(
            name: "Ranks", dependencies: ["CMPI", "Parallel", "Spec", "Tensor", "TrainerWire", arguments],
            swiftSettings: strict),
        .target(
            name: "Store", dependencies: ["Spec", "Parallel", grdb, sqlite, crypto], swiftSettings: strict),
        .executableTarget(name: "nnd-keeper", path: "Sources/nnd-keeper"),
        .target(
            name: "TrainerWire", dependencies: ["CSpawn", "Spec", "Files", "Parallel", "NN"],
            swiftSettings: strict),
        .target(
            name: "Control", dependencies: ["Spec", httpClient, nioCore, nioHTTP1, nioPosix],
            swiftSettings: strict),
        .executableTarget(
            name: "nnd",
            dependencies: [
                "Spec", "Tensor", "Files", "NumPy", "NN", "Datasets", "ONNX", "Parallel", "Store", "Control",
                "CCrashes", "CMalloc", "TrainerWire",
                hummingbird, lifecycle, unixSignals, logging, arguments, crypto, nioCore, nioHTTP1, nioPosix,
                nioExtras,
            ],
            resources: [.embedInCode("OpenAPI/openapi.json")], swiftSettings: strict),
        .target(
            name: "nnctl",
            dependencies: ["Control", "Spec", "Charts", "CSpawn", "CFiles", "CPictures", arguments],
            resources: [
                .embedInCode("Units/nnd.service"), .embedInCode("Units/nnd.socket"),
                .embedInCode("Units/nnd-user.service"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "nnctlProgram", dependencies: ["nnctl"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(withTheRuntime)]),
        .executableTarget(
            name: "experiments",
            dependencies: ["Charts", "Spec", "Tensor", "NN", "Datasets", "Parallel", arguments],
            path: "Examples/experiments", swiftSettings: common),
        .executableTarget(
            name: "character-lstm", dependencies: ["Spec", "Tensor", "NN", "Datasets", "Parallel"],
            path: "Examples/character-lstm", swiftSettings: common),
        .executableTarget(
            name: "line-language", dependencies: ["Spec", "Tensor", "NN", "Datasets", "Parallel"],
            path: "Examples/line-language", swiftSettings: common),
        .executableTarget(
            name: "linear-regression", dependencies: ["Tensor"], path: "Examples/linear-regression",
            exclude: ["README.md", "linear-regression.yaml", "points.csv"], swiftSettings: common),
        .target(
            name: "TestSupport", dependencies: ["Tensor"], path: "Tests/TestSupport", swiftSettings: common),
        .executableTarget(
            name: "trainer-program", dependencies: ["TrainerWire", "Parallel", "Spec"],
            path: "Tests/TrainerProgram", swiftSettings: common),
        .testTarget(
            name: "TrainerWireTests", dependencies: ["TrainerWire", "Parallel", "Spec", "TestSupport"],
            swiftSettings: common),
        .testTarget(name: "SpecTests", dependencies: ["Spec", "TestSupport"], swiftSettings: unoptimized),
        .target(name: "CKernelVariants", dependencies: ["CKernels"], path: "Tests/CKernelVariants"),
        .testTarget(
            name: "TensorTests", dependencies: ["Tensor", "CKernels", "CKernelVariants", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "NNTests", dependencies: ["NN", "Spec", "Tensor", "Files", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "ONNXTests", dependencies: ["ONNX", "Spec", "NN", "Datasets", "Tensor", "TestSupport"],
            exclude: ["run_onnx.py"], swiftSettings: common),
        .testTarget(
            name: "DatasetsTests",
            dependencies: ["Datasets", "Spec", "Tensor", "NumPy", "Files", "TestSupport"],
            swiftSettings: common),
        .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: common),
        .testTarget(name: "FilesTests", dependencies: ["Files"], swiftSettings: common),
        .testTarget(
            name: "ParallelTests",
            dependencies: ["Parallel", "Spec", "Tensor", "NN", "Datasets", "TestSupport"],
            swiftSettings: common),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Spec", "Datasets", "Parallel", "TestSupport", grdb, sqlite],
            swiftSettings: unoptimized),
        .testTarget(
            name: "ExamplesTests", dependencies: ["experiments", "Spec", "Datasets", "Parallel"],
            swiftSettings: common),
        .testTarget(
            name: "ControlTests", dependencies: ["Control", "Spec", "TestSupport"], swiftSettings: unoptimized
        ),
        .testTarget(
            name: "nnctlTests",
            dependencies: ["nnctl", "Charts", "Control", "Spec", "TestSupport", arguments],
            swiftSettings: unoptimized),
        .testTarget(
            name: "nndTests",
            dependencies: [
                "nnd", "TrainerWire", "Control", "Datasets", "Parallel", "Spec", "Store", "Tensor",
                "TestSupport", grdb,
                "NumPy", logging, arguments, nioCore, nioHTTP1, nioEmbedded,
            ],
            swiftSettings: unoptimized),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "nnd", "nnctl", "Control", "CZlib", "Parallel", "Spec", "Store", "TestSupport", grdb, crypto,
            ],
            exclude: ["Interop/read_weights.py", "Interop/score_onnx.py"],
            swiftSettings: unoptimized),
    ]
)

/// An implementation of MPI, where Debian's package for developers puts it.
struct MPI {
    let name: String
    let shim: String
    let headers: String
    let libraries: String
    let library: String
}

#if arch(arm64)
    let machine = "aarch64-linux-gnu"
#else
    let machine = "x86_64-linux-gnu"
#endif

let implementationsOfMPI = [
    MPI(
        name: "openmpi", shim: "COpenMPI", headers: "/usr/lib/\(machine)/openmpi/include",
        libraries: "/usr/lib/\(machine)/openmpi/lib", library: "mpi"),
    MPI(
        name: "mpich", shim: "CMPICH", headers: "/usr/include/\(machine)/mpich",
        libraries: "/usr/lib/\(machine)", library: "mpich"),
]

// A rank of a job on several machines is a program of its own for each implementation that is installed, for their binary
// interfaces differ; nothing else needs MPI.
for mpi in implementationsOfMPI where FileManager.default.fileExists(atPath: mpi.headers + "/mpi.h") {
    package.targets += [
        .target(
            name: mpi.shim, cSettings: [.unsafeFlags(["-I\(mpi.headers)"])],
            linkerSettings: [.unsafeFlags(["-L\(mpi.libraries)"]), .linkedLibrary(mpi.library)]),
        .executableTarget(
            name: "nnd-rank-\(mpi.name)", dependencies: ["CMPI", "Ranks", .byName(name: mpi.shim)],
            swiftSettings: strict),
    ]
}

// scripts/sanitize: our modules are built with a sanitizer. The dependencies are not, for which most of the time would go;
// so they are the same objects as without it.
if let sanitizer = Context.environment["NND_SANITIZER"] {
    let ofC = sanitizer == "address" ? ["-fsanitize=undefined", "-fno-sanitize-recover=undefined"] : []
    // Sanitized loops are not vectorized, which is no news.
    let flags = ["-fsanitize=\(sanitizer)", "-fno-omit-frame-pointer", "-Wno-pass-failed"] + ofC
    for target in package.targets where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=\(sanitizer)"])]
        target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(flags)]
        if target.type == .executable || target.type == .test {
            target.linkerSettings = [.unsafeFlags(["-sanitize=\(sanitizer)"])]
        }
    }
}

// The same: of several test targets nothing is built but what they need.
if let tests = Context.environment["NND_TESTS"] {
    var needed = Set(tests.split(separator: " ").map(String.init))
    var count = 0
    while needed.count > count {
        count = needed.count
        for target in package.targets where needed.contains(target.name) {
            for case .byNameItem(let name, _) in target.dependencies { needed.insert(name) }
        }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products.removeAll()
}
