import Testing
import nnctl

@Suite("Names of data files")
struct DataNameTests {
    @Test(
        "the usual words tell what a file is for and whether labels are in it",
        arguments: [
            ("train-images-idx3-ubyte.gz", .train, false, ""), ("t10k-labels-idx1-ubyte", .test, true, ""),
            ("x_train.npy", .train, false, ""), ("y_val.npy", .validation, true, ""),
            ("iris.csv", .train, nil, "iris"), ("digits-test.csv.gz", .test, nil, "digits"),
            ("My Data_valid.csv", .validation, false, "my"), ("latest.csv", .train, nil, "latest"),
            ("emnist-letters-test-labels-idx1-ubyte.gz", .test, true, "emnist letters"),
        ] as [(String, DataName.Role, Bool?, String)])
    func names(_ name: String, _ role: DataName.Role, _ areLabels: Bool?, _ rest: String) {
        let found = DataName(name)
        #expect(found.role == role)
        #expect(found.areLabels == areLabels)
        #expect(found.rest.joined(separator: " ") == rest)
    }
}
