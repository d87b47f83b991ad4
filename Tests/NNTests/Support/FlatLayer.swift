import NN
import Tensor

/// Parameters and running averages without a computation, for what changes flat buffers.
struct FlatLayer: Layer {
    var parameters: [Parameter]
    var averages: [RunningAverage] = []

    func forward(_ x: Tensor, _ context: ForwardContext) -> Tensor { x }

    /// The layout of these parameters, some of which are treated differently.
    func layout(_ policies: [String: ParameterPolicy] = [:]) -> ParameterLayout {
        Model(inputShape: [1], outputShape: [1], self, policies: policies).layout
    }
}
