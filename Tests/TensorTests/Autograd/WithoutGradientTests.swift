import Tensor
import Testing

@Suite("withoutGradient")
struct WithoutGradientTests {
    private struct Stop: Error, Equatable {}

    @Test("nothing inside is recorded, and the values are the same")
    func records() throws {
        let x = Tensor.wave([3, 4]).tracked
        let (y, loss) = withoutGradient {
            (x.tanh(), Tensor.dense(x, weight: .wave([4, 2]), bias: nil).sum())
        }
        #expect(!y.isTracked && !loss.isTracked && y.values == x.tanh().values)
        #expect(throws: AutogradError.self) { try gradients(of: loss, withRespectTo: ["x": x]) }
    }

    @Test("what was made inside is a constant outside")
    func constant() throws {
        let x = Tensor([3, 5]).tracked
        let scale = withoutGradient { x * 2 }
        #expect(try gradients(of: (x * scale).sum(), withRespectTo: ["x": x])["x"]?.values == [6, 10])
    }

    @Test("the scope ends with the call, also by an error, and scopes nest")
    func ends() throws {
        let x = Tensor([1]).tracked
        withoutGradient {
            withoutGradient { #expect(!(x * 2).isTracked) }
            #expect(!(x * 2).isTracked)
        }
        #expect((x * 2).isTracked)
        let thrown = #expect(throws: Stop.self) { try withoutGradient { throw Stop() } }
        #expect(thrown == Stop() && (x * 2).isTracked)
    }

    @Test("leaves can be made inside, and become useful outside")
    func leaves() throws {
        let x = withoutGradient { Tensor([4]).tracked }
        #expect(x.isTracked)
        #expect(try gradients(of: x.squared().sum(), withRespectTo: ["x": x])["x"]?.values == [8])
    }

    @Test("a gradient of an earlier graph can be asked for inside; it is not recorded itself")
    func gradientsInside() throws {
        let x = Tensor([4]).tracked
        let y = x.squared().sum()
        let found = try withoutGradient {
            try gradients(of: y, withRespectTo: ["x": x], differentiable: true)
        }
        #expect(found["x"]?.values == [8] && found["x"]?.isTracked == false)
    }

    @Test("another task that runs meanwhile records as ever", .timeLimit(.minutes(15)))
    func otherTasks() async {
        let inside = Task.detached { withoutGradient { (Tensor([1]).tracked * 2).isTracked } }
        let outside = Task.detached { (Tensor([1]).tracked * 2).isTracked }
        #expect(await inside.value == false)
        #expect(await outside.value)
    }
}
