import Control
import Foundation
import Spec
import Testing

@Suite("Messages")
struct MessageTests {
    private func json(_ message: some Encodable) throws -> String {
        String(decoding: try WireJSON.encode(message), as: UTF8.self)
    }

    /// Holds the message against its JSON in both directions.
    private func check<Message: Codable & Equatable>(_ message: Message, _ text: String) throws {
        #expect(try json(message) == text)
        #expect(try WireJSON.decode(Message.self, from: Data(text.utf8)) == message)
    }

    @Test("a job's status has all its keys, absent values as null")
    func status() throws {
        try check(Samples.queued, Samples.queuedJSON)
        try check(Samples.running, Samples.runningJSON)
        try check(JobList(jobs: [Samples.queued]), #"{"jobs":[\#(Samples.queuedJSON)]}"#)
    }

    @Test("numbers that a sum of would overflow are no message")
    func bounds() throws {
        func refuse<Message: Decodable>(_ type: Message.Type, _ text: String) {
            #expect(throws: DecodingError.self, "\(text)") {
                try WireJSON.decode(type, from: Data(text.utf8))
            }
        }
        let large = "9223372036854775807"
        for key in ["epoch", "restarts", "max_restarts", "workers", "step", "total_steps"] {
            for number in [large, "-1"] {
                let text = Samples.runningJSON.replacing(
                    try Regex("\"\(key)\":[0-9]+"), with: "\"\(key)\":\(number)")
                #expect(text != Samples.runningJSON)
                refuse(JobStatus.self, text)
                refuse(StatusUpdate.self, text)
                refuse(JobList.self, #"{"jobs":[\#(text)]}"#)
            }
        }
        refuse(
            VerifyUpdate.self,
            #"{"progress":{"from_step":-\#(large),"samples_per_second":1,"step":\#(large),"to_step":1}}"#)
        let evaluation = try json(
            Evaluation(
                job: 1, data: .test, checkpoint: .init(id: 1, step: 1), samples: 2, loss: 1, metrics: [:],
                confusionMatrix: [[77, 0], [0, 77]], weightsDigest: ""))
        refuse(Evaluation.self, evaluation.replacing("77", with: large))
        refuse(Evaluation.self, evaluation.replacing("77", with: "9007199254740992"))
        let values = DataDescription.Values(
            name: "a", shape: [4], minimum: 1, maximum: 3, isWhole: true, distinct: 3)
        let table = try json(DataDescription(format: .csv, arrays: [values]))
        #expect(try WireJSON.decode(DataDescription.self, from: Data(table.utf8)).arrays == [values])
        refuse(DataDescription.self, try json(DataDescription(format: .csv, arrays: [])))
        for (part, other) in [
            ("[4]", "[]"), ("[4]", "[-4]"), ("[4]", "[\(large),2]"), ("\"minimum\":1", "\"minimum\":5"),
            ("\"maximum\":3", "\"maximum\":null"), ("\"distinct\":3", "\"distinct\":-3"),
        ] {
            #expect(table.contains(part))
            refuse(DataDescription.self, table.replacing(part, with: other))
        }
    }

    @Test("an update is a status with a cursor, which is a hash of the status's own JSON")
    func update() throws {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in Samples.queuedJSON.utf8 {
            hash = (hash ^ UInt64(byte)).multipliedReportingOverflow(by: 1_099_511_628_211).partialValue
        }
        let update = try StatusUpdate(Samples.queued)
        let cursor = try #require(update.cursor)
        #expect(UInt64(cursor, radix: 16) == hash && cursor.count == 16 && StatusUpdate.isCursor(cursor))
        let text = Samples.queuedJSON.replacingOccurrences(
            of: #","epoch""#, with: #","cursor":"\#(cursor)","epoch""#)
        try check(update, text)
        try check(StatusUpdate(status: Samples.queued, cursor: cursor), text)
        #expect(try StatusUpdate(Samples.running).cursor != cursor)
        for text in ["", "12", "0123456789ABCDEF", "0123456789abcdeg", "0123456789abcdef0"] {
            #expect(!StatusUpdate.isCursor(text))
        }
    }

    @Test("who did what, and how often it was refused")
    func audit() throws {
        let entry = AuditList.Entry(
            at: Samples.date, user: .init(uid: 1001, name: nil), pid: nil, method: "CONNECT", path: "",
            job: nil,
            status: 403, count: 20)
        try check(
            AuditList(entries: [entry]),
            #"{"entries":[{"at":"2026-02-02T02:40:00.123Z","count":20,"job":null,"method":"CONNECT","path":"","#
                + #""pid":null,"status":403,"user":{"name":null,"uid":1001}}]}"#)
    }

    @Test("a spec as an object keeps its strings, also those that stand for numbers elsewhere")
    func namesOfNumbers() throws {
        let text = #"{"spec":{"name":"Infinity","set":["NaN","-Infinity","1"]}}"#
        let request = try WireJSON.decode(StartRequest.self, from: Data(text.utf8))
        #expect(request.spec.text == #"{"name":"Infinity","set":["NaN","-Infinity","1"]}"#)
    }

    @Test("what a verification finds")
    func verification() throws {
        try check(
            VerifyUpdate.checkpoint(CheckpointCheck(id: 3, branch: 1, step: 20)),
            #"{"checkpoint":{"branch":1,"damage":null,"id":3,"step":20,"whole":true}}"#)
        try check(
            VerifyUpdate.summary(
                VerifySummary(checkpoints: 2, damaged: 1, goesOnFrom: .init(id: 2, step: 10))),
            #"{"summary":{"checkpoints":2,"damaged":1,"goes_on_from":{"id":2,"step":10}}}"#)
        try check(
            VerifyUpdate.progress(VerifyProgress(step: 5, fromStep: 0, toStep: 10)),
            #"{"progress":{"from_step":0,"samples_per_second":null,"step":5,"to_step":10}}"#)
        try check(
            VerifyUpdate.comparison(
                VerifyComparison(
                    from: nil, to: .init(id: 3, step: 20), workers: 2, buffer: "adam.m", tensor: "0.bias",
                    weightsDigest: "ab")),
            #"{"comparison":{"buffer":"adam.m","equal":false,"from":null,"tensor":"0.bias","#
                + #""to":{"id":3,"step":20},"weights_digest":"ab","workers":2}}"#)
        try check(
            VerifyUpdate.problem(Problem(.badData, "Gone.")),
            #"{"problem":{"code":"bad-data","detail":"Gone.","status":422,"title":"The job's data cannot be read","#
                + #""type":"urn:nnd:problem:bad-data"}}"#)
    }

    @Test("a revision tells what it changed, on which branch and when")
    func revision() throws {
        try check(
            JobStatus.Revision(number: 1, branch: 2, changes: ["seed=1"], at: Samples.date),
            #"{"at":"2026-02-02T02:40:00.123Z","branch":2,"changes":["seed=1"],"number":1}"#)
    }

    @Test("absent values may be left out of what is read")
    func missingKeys() throws {
        #expect(try WireJSON.decode(ResumeRequest.self, from: Data("{}".utf8)) == ResumeRequest())
        #expect(
            try WireJSON.decode(StartRequest.self, from: Data(#"{"spec":"name: a"}"#.utf8))
                == StartRequest(spec: SpecText("name: a")))
    }

    @Test("requests")
    func requests() throws {
        try check(ResumeRequest(), #"{"from":null,"set":null}"#)
        try check(ResumeRequest(from: 12, set: ["seed=1"]), #"{"from":12,"set":["seed=1"]}"#)
        try check(ScaleRequest(workers: .auto), #"{"workers":"auto"}"#)
        try check(ScaleRequest(workers: .count(3)), #"{"workers":3}"#)
        try check(ScaleRequest(ranks: 3), #"{"ranks":3}"#)
        try check(
            EvaluateRequest(data: .validation),
            #"{"checkpoint":null,"confusion_matrix":null,"data":"validation"}"#)
        try check(DescribeRequest(path: "/a.csv"), #"{"path":"/a.csv"}"#)
        try check(
            StartRequest(
                spec: SpecText("name: a\n"), file: "a.yaml", baseDirectory: "/data", name: "b",
                workers: .count(2),
                set: ["seed=1"], priority: 5),
            #"{"base_directory":"/data","file":"a.yaml","name":"b","priority":5,"set":["seed=1"],"spec":"name: a\n","#
                + #""workers":2}"#
        )
    }

    @Test(
        "a spec may come as an object, whose keys and numbers are kept",
        arguments: [
            (
                #"{"spec":{"name":"a","seed":18446744073709551615}}"#,
                #"{"name":"a","seed":18446744073709551615}"#
            ),
            (
                #"{"spec":{"optimizer":{"adam":{"learning_rate":1e-3}},"x":[-1,true,null]}}"#,
                #"{"optimizer":{"adam":{"learning_rate":0.001}},"x":[-1,true,null]}"#
            ),
        ])
    func specObject(request: String, text: String) throws {
        #expect(try WireJSON.decode(StartRequest.self, from: Data(request.utf8)).spec.text == text)
    }

    @Test("a spec that is neither text nor an object is refused", arguments: ["3", "[]", "null", "true"])
    func badSpec(value: String) {
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(StartRequest.self, from: Data("{\"spec\":\(value)}".utf8))
        }
    }

    @Test(
        "workers are a positive integer or auto", arguments: ["0", "-1", "1.5", "\"many\"", "true"])
    func badWorkers(value: String) {
        #expect(throws: DecodingError.self) {
            try WireJSON.decode(ScaleRequest.self, from: Data("{\"workers\":\(value)}".utf8))
        }
    }

    @Test("results")
    func results() throws {
        try check(
            CheckpointList(
                checkpoints: [
                    CheckpointInfo(
                        id: 3, branch: 0, step: 108, epoch: 2, samples: 10_800, weightsDigest: "ab",
                        bytes: 4096,
                        pinned: true, metrics: ["val_loss": 0.5], createdAt: Samples.date)
                ], total: 7),
            #"{"checkpoints":[{"branch":0,"bytes":4096,"created_at":"2026-02-02T02:40:00.123Z","epoch":2,"#
                + #""id":3,"#
                + #""metrics":{"val_loss":0.5},"pinned":true,"samples":10800,"step":108,"weights_digest":"ab"}],"#
                + #""total":7}"#)
        try check(
            MetricList(metrics: [MetricPoint(step: 54, epoch: 1, name: "loss", value: 1.5)]),
            #"{"metrics":[{"epoch":1,"name":"loss","step":54,"value":1.5}]}"#)
        try check(
            Evaluation(
                job: 7, data: .test, checkpoint: .init(id: 3, step: 108), samples: 360, loss: 0.5,
                metrics: ["accuracy": 0.75], weightsDigest: "ab"),
            #"{"checkpoint":{"id":3,"step":108},"data":"test","job":7,"loss":0.5,"#
                + #""metrics":{"accuracy":0.75},"#
                + #""samples":360,"weights_digest":"ab"}"#)
        try check(
            Evaluation(
                job: 7, data: .test, checkpoint: .init(id: 3, step: 108), samples: 3, loss: 0.5,
                metrics: [:], confusionMatrix: [[1, 0], [1, 1]], weightsDigest: "ab"),
            #"{"checkpoint":{"id":3,"step":108},"confusion_matrix":[[1,0],[1,1]],"data":"test","job":7,"#
                + #""loss":0.5,"metrics":{},"samples":3,"weights_digest":"ab"}"#)
        try check(Health(), #"{"status":"ok"}"#)
        try check(
            DaemonInfo(
                version: "0.1.0", pid: 42, stateDirectory: "/s", socket: "/s/nnd.sock",
                startedAt: Samples.date,
                instructionSet: "avx2", cores: 2, running: 1, queued: 0, listen: "127.0.0.1:8080"),
            #"{"cores":2,"instruction_set":"avx2","listen":"127.0.0.1:8080","pid":42,"queued":0,"running":1,"socket":"/s/nnd.sock","#
                + #""started_at":"2026-02-02T02:40:00.123Z","state_directory":"/s","version":"0.1.0"}"#)
    }

    @Test("a checkpoint's details have the keys of its line in the list and more")
    func checkpointDetails() throws {
        let info = CheckpointInfo(
            id: 3, branch: 0, step: 108, epoch: 2, samples: 10_800, weightsDigest: "ab", bytes: 4096,
            pinned: true, metrics: ["val_loss": 0.5], createdAt: Samples.date)
        try check(
            CheckpointDetails(
                info: info, ownBytes: 1024, buffers: ["parameters", "adam.m"],
                tensors: [.init(name: "0.bias", shape: [10]), .init(name: "scale", shape: [])]),
            #"{"branch":0,"buffers":["parameters","adam.m"],"bytes":4096,"#
                + #""created_at":"2026-02-02T02:40:00.123Z","epoch":2,"id":3,"metrics":{"val_loss":0.5},"#
                + #""own_bytes":1024,"pinned":true,"samples":10800,"step":108,"#
                + #""tensors":[{"name":"0.bias","shape":[10]},{"name":"scale","shape":[]}],"#
                + #""weights_digest":"ab"}"#)
    }

    @Test("the difference of two checkpoints, also where values are not finite")
    func checkpointDifference() throws {
        try check(
            CheckpointDifference(
                first: .init(id: 3, step: 108), second: .init(id: 4, step: 120), equalDigests: false,
                tensors: [
                    .init(
                        buffer: "parameters", name: "0.bias", equal: false, largest: 0.5,
                        rootMeanSquare: 0.25),
                    .init(
                        buffer: "adam.m", name: "0.bias", equal: false, largest: .infinity,
                        rootMeanSquare: .infinity),
                    .init(buffer: "adam.v", name: "0.bias", equal: true, largest: 0, rootMeanSquare: 0),
                ]),
            #"{"equal_digests":false,"first":{"id":3,"step":108},"second":{"id":4,"step":120},"tensors":["#
                + #"{"buffer":"parameters","equal":false,"largest":0.5,"name":"0.bias","#
                + #""root_mean_square":0.25},"#
                + #"{"buffer":"adam.m","equal":false,"largest":"Infinity","name":"0.bias","#
                + #""root_mean_square":"Infinity"},"#
                + #"{"buffer":"adam.v","equal":true,"largest":0,"name":"0.bias","root_mean_square":0}]}"#)
    }

    @Test("what a job would need")
    func needs() throws {
        let parts = JobNeeds.Memory.Parts(
            weights: 1, gradients: 2, optimizer: 3, snapshot: 4, activations: 5, order: 6, samples: 7)
        let memory =
            #""memory":{"available":100,"needed":28,"parts":{"activations":5,"gradients":2,"optimizer":3,"order":6,"#
            + #""samples":7,"snapshot":4,"weights":1}}"#
        try check(
            JobNeeds(
                name: "digits", parameters: 9, samples: .init(train: 3, test: 1, bytes: 44), steps: 8,
                batchSize: 2,
                shards: 1, workers: 4, ranks: 2, memory: .init(available: 100, parts: parts),
                disk: .init(checkpoint: 10, kept: 3, needed: 50, available: 60)),
            #"{"batch_size":2,"disk":{"available":60,"checkpoint":10,"kept":3,"needed":50},"fits":true,"#
                + memory + #","name":"digits","parameters":9,"problems":[],"ranks":2,"#
                + #""samples":{"bytes":44,"test":1,"train":3,"validation":null},"shards":1,"steps":8,"workers":4}"#
        )
        try check(
            JobNeeds(
                name: "digits", parameters: 9, batchSize: 2, shards: 1, workers: 2,
                memory: .init(available: 100, parts: parts), disk: .init(checkpoint: 10, needed: 50),
                problems: ["No."]),
            #"{"batch_size":2,"disk":{"available":null,"checkpoint":10,"kept":null,"needed":50},"fits":false,"#
                + memory + #","name":"digits","parameters":9,"problems":["No."],"ranks":null,"samples":null,"#
                + #""shards":1,"steps":null,"workers":2}"#)
    }

    @Test("a diverged loss does not make a status unreadable")
    func nonfinite() throws {
        var status = Samples.queued
        status.loss = .infinity
        status.metrics = ["val_loss": -.infinity]
        let text = try json(status)
        #expect(text.contains(#""loss":"Infinity""#))
        #expect(text.contains(#""val_loss":"-Infinity""#))
        #expect(try WireJSON.decode(JobStatus.self, from: Data(text.utf8)) == status)
    }
}
