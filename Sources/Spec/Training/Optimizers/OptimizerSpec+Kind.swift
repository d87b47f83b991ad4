extension OptimizerSpec {
    /// The word that names the kind in a job file: `adam`.
    package var kind: String {
        guard case .mapping(let entries) = document.value, let entry = entries.first else { return "" }
        return entry.key
    }
}
