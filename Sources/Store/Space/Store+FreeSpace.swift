extension Store {
    /// Gives the file system back what no checkpoint uses and no running job's next one will, and returns when that is
    /// done. It happens by itself after each commit and removal; this is for whoever wants to see it done.
    package func returnFreeSpace() async {
        await space.giveBackAll()
    }
}
