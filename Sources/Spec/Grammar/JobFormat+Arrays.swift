/// Sources of samples that are arrays or pictures.
extension JobFormat {
    static let npy = VariantRule.Kind(
        "npy",
        .mapping(
            MappingRule(fields: [
                .init(
                    "features", required: true, .text(.path),
                    "The NPY file of the samples, one along the first axis."),
                .init(
                    "labels", required: true, .text(.path),
                    "The NPY file of the labels: [samples], or [samples, columns]."),
            ])),
        "A pair of NumPy's NPY files, plain or gzip-compressed.")

    static let npz = VariantRule.Kind(
        "npz",
        .mapping(
            MappingRule(fields: [
                .init("path", required: true, .text(.path), "The NPZ archive."),
                .init("features", required: true, .text(.column), "The name of the samples' array in it."),
                .init("labels", required: true, .text(.column), "The name of the labels' array in it."),
            ])),
        "Two arrays of one NumPy archive.")

    static let images = VariantRule.Kind(
        "images",
        .mapping(
            MappingRule(fields: [
                .init(
                    "directory", required: true, .text(.path),
                    "A folder with one folder a class, PNG and JPEG files in it."),
                sizes(
                    "size", required: true, IntegerRule(range: 1...4096), axes: 2,
                    "Height and width to which every picture is resized."),
                .init(
                    "channels", .integer(IntegerRule(range: 1...3)),
                    "1 for shades of grey, 3 for colour; default 3."),
            ])),
        "A folder of pictures with one folder a class.")
}
