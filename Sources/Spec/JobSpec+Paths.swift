extension JobSpec {
    /// Takes every relative path from `directory`. A matter of text: no file is looked at.
    ///
    /// - Parameter directory: Absolute, if the result shall be.
    /// - Returns: The job with those paths; absolute ones and `..` stay as they are.
    public func resolvingPaths(relativeTo directory: String) -> JobSpec {
        var job = self
        job.data.train = data.train.resolvingPaths(relativeTo: directory)
        job.data.test = data.test?.resolvingPaths(relativeTo: directory)
        if case .source(let source) = data.validation {
            job.data.validation = .source(source.resolvingPaths(relativeTo: directory))
        }
        if let weights = model.initialWeights {
            job.model.initialWeights?.path = resolve(weights.path, relativeTo: directory)
        }
        if let hostfile = cluster?.hostfile {
            job.cluster?.hostfile = resolve(hostfile, relativeTo: directory)
        }
        return job
    }
}

extension SourceSpec {
    fileprivate func resolvingPaths(relativeTo directory: String) -> SourceSpec {
        switch self {
        case .idx(var source):
            source.images = resolve(source.images, relativeTo: directory)
            source.labels = resolve(source.labels, relativeTo: directory)
            return .idx(source)
        case .csv(var source):
            source.path = resolve(source.path, relativeTo: directory)
            return .csv(source)
        case .npy(var source):
            source.features = resolve(source.features, relativeTo: directory)
            source.labels = resolve(source.labels, relativeTo: directory)
            return .npy(source)
        case .npz(var source):
            source.path = resolve(source.path, relativeTo: directory)
            return .npz(source)
        case .images(var source):
            source.directory = resolve(source.directory, relativeTo: directory)
            return .images(source)
        }
    }
}

/// `..` stays as it is: what it leads to depends on symbolic links, which only the file system knows.
private func resolve(_ path: String, relativeTo directory: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty { return path }
    var relative = path[...]
    while relative.hasPrefix("./") { relative = relative.dropFirst(2).drop { $0 == "/" } }
    return directory + (directory.hasSuffix("/") ? "" : "/") + relative
}
