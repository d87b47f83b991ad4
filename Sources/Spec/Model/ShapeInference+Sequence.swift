extension ShapeInference {
    /// The steps and features of a sample that is a sequence.
    ///
    /// - Throws: When it is none, with the shape that it has.
    func sequence(_ keyword: String) throws(SpecError) -> (steps: Int, features: Int) {
        if shape.count == 2 { return (shape[0], shape[1]) }
        let advice =
            if shape.count != 1 {
                ""
            } else if isInput {
                "; put `embedding` before it, or give `model.input` as [steps, features]"
            } else {
                "; `return_sequences` keeps the steps of a recurrent layer"
            }
        throw problem(
            "`\(keyword)` takes a sequence [steps, features] and its input has the shape \(shape)\(advice)")
    }
}
