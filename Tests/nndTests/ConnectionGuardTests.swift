import Control
import Foundation
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing
import nnd

/// A connection whose clock the test turns.
@Suite("The limits of a connection")
struct ConnectionGuardTests {
    /// Counts how often more is asked for from the socket.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = IOData
        var count = 0

        func read(context: ChannelHandlerContext) { count += 1 }
    }

    private func reads(_ channel: EmbeddedChannel) throws -> Int {
        try channel.pipeline.syncOperations.handler(type: ReadCounter.self).count
    }

    /// A connected channel with a decoder and a guard, and what came out of it.
    private func connection(
        _ refusal: Problem? = nil, _ limits: ConnectionLimits = ConnectionLimits()
    ) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        let connection = ConnectionGuard(limits, refusal: refusal)
        try channel.pipeline.syncOperations.addHandlers(
            ReadCounter(), HTTPResponseEncoder(), RequestBytes(of: connection),
            ByteToMessageHandler(HTTPRequestDecoder()),
            connection)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/nowhere")).wait()
        return channel
    }

    private func send(_ text: String, _ channel: EmbeddedChannel) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    private func answer(_ channel: EmbeddedChannel) throws -> String {
        var text = ""
        while let part = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let buffer) = part { text += String(buffer: buffer) }
        }
        return text
    }

    private func advance(_ channel: EmbeddedChannel, _ time: TimeAmount) {
        channel.embeddedEventLoop.advanceTime(by: time)
    }

    private func reply(_ channel: EmbeddedChannel) throws {
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])
        try channel.writeOutbound(HTTPServerResponsePart.head(head))
        try channel.writeOutbound(HTTPServerResponsePart.end(nil))
    }

    @Test("header fields that trickle in are given ten seconds")
    func slowHead() throws {
        let channel = try connection()
        for piece in ["GET /v1/he", "alth HTTP/1.1\r\n", "Host: n\r\n"] {
            try send(piece, channel)
            advance(channel, .seconds(3))
            #expect(channel.isActive)
        }
        advance(channel, .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("later requests' header fields are given ten seconds too, from their first byte on")
    func slowLaterHead() throws {
        let channel = try connection()
        for _ in 0..<3 {
            try send("POST / HTTP/1.1\r\nHost: n\r\nContent-Length: 4\r\n\r\nbo", channel)
            try send("dy", channel)
            try reply(channel)
            // Between requests another limit holds.
            advance(channel, .seconds(20))
            #expect(channel.isActive)
        }
        for piece in ["G", "ET /v1/he", "alth HTTP/1.1\r\n", "Host: n\r\n"] {
            try send(piece, channel)
            #expect(channel.isActive)
            advance(channel, .seconds(3))
        }
        #expect(!channel.isActive)
    }

    @Test("what comes of a body after the answer is read whoever waits for it, and kept by nobody")
    func answeredBody() throws {
        let channel = try connection()
        try send("POST / HTTP/1.1\r\nHost: n\r\nContent-Length: 9\r\n\r\none", channel)
        let before = try reads(channel)
        try reply(channel)
        #expect(try reads(channel) == before + 1)
        try send("two", channel)
        #expect(try reads(channel) == before + 2)
        try send("sixGET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
        #expect(try reads(channel) == before + 2)
        var parts: [String] = []
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): parts.append("\(head.method)")
            case .body(let body): parts.append(String(buffer: body))
            case .end: parts.append("end")
            }
        }
        #expect(parts == ["POST", "one", "end", "GET", "end"])
    }

    @Test("what is wrong with a body after the answer ends the connection, without a second answer")
    func answeredBadBody() throws {
        let channel = try connection()
        try send("POST / HTTP/1.1\r\nHost: n\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n", channel)
        try reply(channel)
        #expect(try answer(channel).hasPrefix("HTTP/1.1 200 OK"))
        try send("three\r\n", channel)
        advance(channel, .seconds(1))
        #expect(try answer(channel).isEmpty)
        #expect(!channel.isActive)
    }

    @Test("a request that begins before the last one's answer has ten seconds from that answer's end")
    func earlyHead() throws {
        let channel = try connection()
        try send("GET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
        try send("GET /v1/hea", channel)
        advance(channel, .hours(1))
        try reply(channel)
        advance(channel, .seconds(9))
        #expect(channel.isActive)
        advance(channel, .seconds(2))
        #expect(!channel.isActive)
    }

    @Test("a body that trickles in is given thirty seconds, however often a byte comes")
    func slowBody() throws {
        let channel = try connection()
        try send("POST /v1/jobs HTTP/1.1\r\nHost: n\r\nContent-Length: 1000\r\n\r\n", channel)
        for _ in 0..<29 {
            try send(" ", channel)
            advance(channel, .seconds(1))
            #expect(channel.isActive)
        }
        advance(channel, .seconds(2))
        #expect(!channel.isActive)
    }

    @Test("a whole request may take as long as its answer takes")
    func slowAnswer() throws {
        let channel = try connection()
        try send("GET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
        advance(channel, .hours(3))
        try reply(channel)
        #expect(channel.isActive)
        #expect(try answer(channel).hasPrefix("HTTP/1.1 200 OK"))
    }

    @Test("a client that takes nothing is waited for ten minutes, and two seconds once the daemon ends")
    func stall() throws {
        for isEnding in [false, true] {
            let channel = try connection()
            try send("GET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
            if isEnding { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
            channel.isWritable = false
            channel.pipeline.fireChannelWritabilityChanged()
            advance(channel, isEnding ? .seconds(1) : .minutes(9))
            #expect(channel.isActive)
            channel.isWritable = true
            channel.pipeline.fireChannelWritabilityChanged()
            advance(channel, .hours(1))
            #expect(channel.isActive)
            channel.isWritable = false
            channel.pipeline.fireChannelWritabilityChanged()
            advance(channel, isEnding ? .seconds(3) : .minutes(11))
            #expect(!channel.isActive)
        }
    }

    @Test("a client that has stalled before holds up the daemon's end for two seconds")
    func stalledBefore() throws {
        let channel = try connection()
        try send("GET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        advance(channel, .seconds(3))
        #expect(!channel.isActive)
    }

    @Test(
        "what is no request gets a problem, and the connection ends",
        arguments: [
            ("\u{1}\u{2}\r\n\r\n", 400), ("BREW / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/9.9\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA b: c\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        ])
    func malformed(bytes: String, status: Int) throws {
        let channel = try connection()
        try send(bytes, channel)
        let text = try answer(channel)
        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(text.contains("Content-Type: application/problem+json") && text.contains("Connection: close"))
        let body = try #require(text.range(of: "\r\n\r\n")?.upperBound)
        #expect(try WireJSON.decode(Problem.self, from: Data(text[body...].utf8)).code == .badRequest)
        #expect(!channel.isActive)
    }

    @Test("a connection too many gets its one answer")
    func refused() throws {
        let channel = try connection(Problem(.busy, "no room"))
        try send("GET / HTTP/1.1\r\nHost: n\r\n\r\n", channel)
        #expect(try channel.readInbound(as: HTTPServerRequestPart.self) == nil)
        let text = try answer(channel)
        #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("Retry-After: 1\r\n"))
        #expect(!channel.isActive)
    }

    @Test(
        "of a storm of garbage, what comes after the first is answered later, though its sender says no more")
    func storm() throws {
        var limits = ConnectionLimits()
        limits.refusals = RefusalPace(perSecond: 1, burst: 1, longest: .seconds(100))
        let first = try connection(nil, limits)
        try send("BREW / HTTP/1.1\r\n\r\n", first)
        #expect(try answer(first).hasPrefix("HTTP/1.1 400 "))
        let second = try connection(nil, limits)
        try send("BREW / HTTP/1.1\r\n\r\n", second)
        second.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        // Whoever handled the beginning of it has nothing to add.
        #expect(throws: ChannelError.eof) { try reply(second) }
        #expect(try answer(second).isEmpty && second.isActive)
        advance(second, .seconds(1))
        #expect(try answer(second).hasPrefix("HTTP/1.1 400 "))
        #expect(!second.isActive)
    }

    @Test("garbage that waits for its answer does not hold up the daemon's end")
    func stormAtEnd() throws {
        var limits = ConnectionLimits()
        limits.refusals = RefusalPace(perSecond: 1, burst: 0, longest: .seconds(100))
        let channel = try connection(nil, limits)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        try send("BREW / HTTP/1.1\r\n\r\n", channel)
        #expect(try answer(channel).hasPrefix("HTTP/1.1 400 "))
    }
}
