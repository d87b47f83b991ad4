/// The version of nnd, nnctl and the API between them.
public enum Version {
    /// As semantic versioning has it: major, minor, patch.
    public static let current = "0.1.0"
}
