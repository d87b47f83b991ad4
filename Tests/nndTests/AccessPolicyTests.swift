import Testing
import nnd

@Suite("Who may do what")
struct AccessPolicyTests {
    private static let (daemon, alice, bob, unknown) = (UInt32(990), UInt32(1000), UInt32(1001), UInt32.max)
    private let policy = AccessPolicy(daemon: daemon)

    /// Written out in full: an action that is added without a line here fails.
    private static let table: [AccessPolicy.Action: (daemon: Bool, root: Bool, owner: Bool, other: Bool)] = [
        .look: (true, true, true, true),
        .start: (true, true, true, true),
        .change: (true, true, true, false),
        .use: (true, true, true, false),
        .shutDown: (true, true, false, false),
        .readAudit: (true, true, false, false),
    ]

    @Test("every action, for every kind of user", arguments: AccessPolicy.Action.allCases)
    func actions(action: AccessPolicy.Action) throws {
        let row = try #require(Self.table[action])
        func allows(_ caller: UInt32) -> Bool { policy.allows(action, by: caller, ofJobBy: Self.alice) }
        #expect(allows(Self.daemon) == row.daemon)
        #expect(allows(0) == row.root)
        #expect(allows(Self.alice) == row.owner)
        #expect(allows(Self.bob) == row.other)
        #expect(!allows(Self.unknown))
    }

    @Test(
        "a job without an owner is the daemon's own user's, and root's is root's",
        arguments: [AccessPolicy.Action.change, .use])
    func withoutOwner(action: AccessPolicy.Action) {
        for owner in [nil, 0] as [UInt32?] {
            #expect(policy.allows(action, by: Self.daemon, ofJobBy: owner))
            #expect(policy.allows(action, by: 0, ofJobBy: owner))
            #expect(!policy.allows(action, by: Self.bob, ofJobBy: owner))
            #expect(!policy.allows(action, by: Self.unknown, ofJobBy: owner))
        }
        #expect(!policy.allows(action, by: Self.unknown, ofJobBy: Self.unknown))
    }

    @Test("the daemon's own user, root and the group may connect, and nobody else")
    func admission() {
        let (alone, shared) = (Admission(owner: Self.daemon), Admission(owner: Self.daemon, group: 50))
        let callers = [
            (Caller(uid: Self.daemon, gid: 1), true, true), (Caller(uid: 0, gid: 0), true, true),
            (Caller(uid: Self.alice, gid: 50), false, true),
            (Caller(uid: Self.alice, gid: 1, groups: [2, 50]), false, true),
            (Caller(uid: Self.bob, gid: 1, groups: [2, 51]), false, false),
            (Caller(uid: Self.bob, gid: Self.daemon), false, false),
        ]
        for (caller, isIn, isInWithGroup) in callers {
            #expect(alone.admits(caller) == isIn, "\(caller)")
            #expect(shared.admits(caller) == isInWithGroup, "\(caller)")
        }
    }
}
