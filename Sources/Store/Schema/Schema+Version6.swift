extension Schema {
    /// What the samples are called that the weights were trained on.
    static let version6 = """
        -- Columns of tables and classes, as `SampleNames` writes them. As with scalings, a branch without a row has what the
        -- branch has that it comes from.
        CREATE TABLE sample_names (
            job_id INTEGER NOT NULL,
            branch INTEGER NOT NULL,
            names_json TEXT NOT NULL CHECK (json_valid(names_json)),
            PRIMARY KEY (job_id, branch),
            FOREIGN KEY (job_id, branch) REFERENCES branches (job_id, number) ON DELETE CASCADE
        ) STRICT;
        """
}
