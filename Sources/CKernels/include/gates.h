#ifndef gates_h
#define gates_h

#include <stddef.h>

// The elementwise part of one step of recurrent cells, for `rows` samples of `units` units. In a sample's gate columns the
// gates lie side by side: i, f, g, o of long short-term memory, r, z, n of the gated recurrent unit. The arrays do not
// overlap.

/// gates = sigmoid, sigmoid, tanh, sigmoid of a + b; next = f cell + i g; hidden = o tanh(next).
///
/// `a`, `b` and `gates` are [rows, 4 units], the others [rows, units].
void nnd_lstm(const float *a, const float *b, const float *cell, float *gates, float *hidden, float *next, size_t rows,
              size_t units);

/// The gradients with respect to a + b and to the cell, given those with respect to hidden and next.
void nnd_lstm_gradient(const float *gates, const float *cell, const float *next, const float *up_hidden,
                       const float *up_next, float *down_gates, float *down_cell, size_t rows, size_t units);

/// gates = sigmoid(a + b), sigmoid(a + b), tanh(a + r b); next = (1 - z) n + z state: the reset gate acts after the hidden
/// product.
///
/// `a`, `b` and `gates` are [rows, 3 units], the others [rows, units].
void nnd_gru(const float *a, const float *b, const float *state, float *gates, float *next, size_t rows, size_t units);

/// The gradients with respect to a, b and, without its way through b, the state, given that with respect to next.
void nnd_gru_gradient(const float *gates, const float *b, const float *state, const float *upstream, float *down_a,
                      float *down_b, float *down_state, size_t rows, size_t units);

#endif
