extension Schema {
    /// Jobs that watch a metric, to lower the learning rate or to end early.
    static let version2 = """
        -- What has been seen of the metrics that the job watches.
        ALTER TABLE checkpoints ADD COLUMN monitors_json TEXT NOT NULL DEFAULT '{}'
            CHECK (json_valid(monitors_json));
        """
}
