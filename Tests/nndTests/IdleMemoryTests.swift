import Testing
import nnd

@Suite("Memory that an idle daemon lets go")
struct IdleMemoryTests {
    @Test("is the code of programs and libraries that nothing has written to")
    func droppable() {
        let maps = """
            5566d6c00000-5566d6c29000 r--p 00000000 08:01 1234                       /usr/bin/nnd
            Size:                164 kB
            Rss:                 164 kB
            Anonymous:             0 kB
            Swap:                  0 kB
            VmFlags: rd mr mw me
            5566d6c29000-5566d6d00000 r-xp 00029000 08:01 1234                       /usr/bin/nnd
            Anonymous:             0 kB
            Swap:                  0 kB
            5566d6d00000-5566d6d10000 r-xp 000ff000 08:01 1234                       /usr/bin/nnd
            Anonymous:            64 kB
            Swap:                  0 kB
            5566d6d10000-5566d6d20000 r-xp 0010f000 08:01 1234                       /usr/bin/nnd
            Anonymous:             0 kB
            Swap:                 64 kB
            5566d6d20000-5566d6d30000 rwxp 0011f000 08:01 1234                       /usr/bin/nnd
            Anonymous:             0 kB
            Swap:                  0 kB
            7f0000000000-7f0000001000 r-xp 00000000 00:00 0
            Anonymous:             0 kB
            Swap:                  0 kB
            7f0000002000-7f0000003000 r-xp 00001000 08:01 99                         /usr/lib/with a space.so
            Anonymous:             0 kB
            Swap:                  0 kB
            7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]
            Anonymous:             0 kB
            Swap:                  0 kB
            nonsense
            Anonymous:             0 kB
            Swap:                  0 kB
            """
        #expect(
            IdleMemory.droppable(maps) == [
                0x5566_d6c2_9000..<0x5566_d6d0_0000, 0x7f00_0000_2000..<0x7f00_0000_3000,
            ])
    }

    @Test("the program goes on as before")
    func release() {
        #expect(IdleMemory.droppable(IdleMemory.maps).count > 10)
        let numbers = (0..<10_000).map { Double($0) }
        IdleMemory.release()
        #expect(numbers.reduce(0, +) == 49_995_000)
    }
}
