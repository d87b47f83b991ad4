/// A recurrent layer without gates.
public typealias RNN = Recurrent<RNNCell>
/// Long short-term memory.
public typealias LSTM = Recurrent<LSTMCell>
/// Gated recurrent units.
public typealias GRU = Recurrent<GRUCell>
