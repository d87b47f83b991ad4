extension DataSpec {
    /// What does not fit between folders of pictures and what the model takes.
    func imageProblems(input: [Int]) -> [SpecError] {
        sources.compactMap { key, source in
            guard case .images(let images) = source else { return nil }
            let path = DocumentPath.root.appending("data").appending(key).appending("images")
            guard images.channels != 2 else {
                return SpecError(
                    key: path.appending("channels").description,
                    "expected 1 for shades of grey or 3 for colour, found 2")
            }
            let values = images.channels * images.size.reduce(1, *)
            guard values != input.reduce(1, *) else { return nil }
            return SpecError(
                key: path.appending("size").description,
                "pictures of \(images.channels) x \(images.size[0]) x \(images.size[1]) have \(values) values, and "
                    + "`model.input` \(input) takes \(input.reduce(1, *))")
        }
    }
}
