extension Schema {
    /// The feature scaling that belongs to the weights.
    static let version5 = """
        -- What was fitted on the training samples of a run. A branch without a row has what the branch has that it comes
        -- from: only a run on other data, which has a branch of its own, fits something else.
        CREATE TABLE scalings (
            job_id INTEGER NOT NULL,
            branch INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('none', 'divide', 'standardize')),
            -- Little-endian f32: nothing; the divisor; the means and after them the standard deviations.
            numbers BLOB NOT NULL CHECK (length(numbers) % 4 = 0),
            -- Of the kind, a zero byte and the numbers.
            sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
            PRIMARY KEY (job_id, branch),
            FOREIGN KEY (job_id, branch) REFERENCES branches (job_id, number) ON DELETE CASCADE
        ) STRICT;
        """
}
