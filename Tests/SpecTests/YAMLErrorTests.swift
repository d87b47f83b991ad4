import Spec
import Testing

@Suite("Sentences about text that is not a document")
struct YAMLErrorTests {
    @Test(
        "an empty file, in all its forms", arguments: ["", "\n\n", "# nothing here\n", "---\n", "~", "null"])
    func empty(text: String) {
        #expect(
            problem(text, file: "a.yaml")
                == "a.yaml: there is no job; expected a mapping with the keys name, seed, data, model, loss, "
                + "optimizer, schedule, training, metrics, checkpoint, restart, cluster")
    }

    @Test("a root that is not a mapping")
    func wrongRoot() {
        let keys =
            "expected a mapping with the keys name, seed, data, model, loss, optimizer, schedule, "
            + "training, metrics, checkpoint, restart, cluster"
        #expect(problem("- a\n- b") == "line 1: \(keys), found a list")
        #expect(problem("hello world") == "line 1: \(keys), found \"hello world\"")
    }

    @Test("a second document")
    func severalDocuments() {
        let second = exampleText.split(separator: "\n").count + 1
        #expect(
            problem(exampleText + "\n---\n" + exampleText)
                == "line \(second): expected one document, found a second one after `---`")
    }

    @Test("a key that is given twice")
    func duplicateKey() {
        #expect(
            problem(text(\.optimizer, "optimizer:\n  sgd:\n    learning_rate: 1\n    learning_rate: 2"))
                == "line 8: learning_rate: the key `learning_rate` is given more than once in one "
                + "mapping; keep one"
        )
        #expect(
            problem(exampleText + "\n\"seed\": 2")
                == "line 2: seed: the key `seed` is given more than once in one mapping; keep one")
    }

    @Test("broken syntax, with its line")
    func syntax() {
        #expect(
            problem("name: a\ndata: {train: [", file: "a.yaml")
                == "a.yaml:2: not valid YAML: did not find expected node content while parsing a flow node")
        #expect(
            problem("name: a\n\tseed: 1")
                == "line 2: not valid YAML: found a tab character that violates indentation while "
                + "scanning a plain "
                + "scalar")
        #expect(
            problem("name: a: b")
                == "line 1: not valid YAML: mapping values are not allowed in this context")
        #expect(
            problem("name: a\nseed: \u{1}") == "line 2: not valid YAML: control characters are not allowed")
    }

    @Test("keys that are lists, and tags")
    func notInTheFormat() {
        #expect(problem("? [a, b]\n: 1") == "line 1: a key must be a word, not a list or a mapping")
        #expect(
            problem("name: !!str 5")
                == "line 1: tags (`tag:yaml.org,2002:str`) are not accepted; write the value alone")
        #expect(problem("name: !x {a: 1}") == "line 1: tags (`!x`) are not accepted; write the value alone")
    }

    @Test(
        "anchors and aliases, in block and flow style",
        arguments: [
            "name: &a job", "a: [1]\nb: [x,&b [1]]", "a: {\"x\":&b 1}", "&a name: job", "[?&a x: 1]", "&a",
            "x: *name",
        ])
    func anchors(text: String) {
        #expect(
            problem(text)?.hasSuffix(
                "anchors (`&name`) and aliases (`*name`) are not accepted; write the value out")
                == true)
    }

    @Test("an alias bomb costs nothing, whether in values or in keys", .timeLimit(.minutes(15)))
    func aliasBomb() {
        var values = "a0: &a0 [x, x]\n"
        var keys = values
        for level in 1...60 {
            values += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
            keys += "? &a\(level) [*a\(level - 1), *a\(level - 1)]\n: 1\n"
        }
        let sentence = "line 1: anchors (`&name`) and aliases (`*name`) are not accepted; write the value out"
        #expect(problem(values) == sentence)
        #expect(problem(keys) == sentence)
    }

    @Test("nesting is bounded")
    func nesting() {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(problem("name: " + deep) == "line 1: lists and mappings are nested more than 64 deep")
        for opening in ["[", "- ", "{a: ", "? "] {
            #expect(
                problem(String(repeating: opening, count: 100_000))
                    == "line 1: lists and mappings are nested more than 64 deep")
        }
    }

    @Test("the size is bounded")
    func size() {
        let comment = "\n# " + String(repeating: "x", count: 1 << 20)
        #expect(
            problem(exampleText + comment)
                == "the text has \(exampleText.utf8.count + comment.utf8.count) bytes; at most 1048576 "
                + "are read"
        )
        let filler = "\n# " + String(repeating: "x", count: (1 << 20) - exampleText.utf8.count - 3)
        #expect(problem(exampleText + filler) == nil)
    }
}
