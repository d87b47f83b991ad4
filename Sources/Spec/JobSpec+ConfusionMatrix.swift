extension JobSpec {
    /// Why there can be no confusion matrix of this job, whether it asks for one or not.
    ///
    /// - Returns: A clause; nil where there can be one.
    package var confusionMatrixProblem: String? {
        guard let shapes = try? model.shapes() else { return nil }
        let output = shapes.output
        return problem(with: .confusionMatrix, output: output, columns: labelColumns(output: output))
    }
}
