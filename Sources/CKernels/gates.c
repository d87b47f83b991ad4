#include "CKernels.h"
#include "for_each_cpu.h"
#include "functions.h"

FOR_EACH_CPU void nnd_lstm(const float *restrict a, const float *restrict b, const float *restrict cell,
                           float *restrict gates, float *restrict hidden, float *restrict next, size_t rows,
                           size_t units) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t j = 0; j < units; j++) {
            float i = logistic(a[j] + b[j]);
            float f = logistic(a[units + j] + b[units + j]);
            float g = hyperbolic_tangent(a[2 * units + j] + b[2 * units + j]);
            float o = logistic(a[3 * units + j] + b[3 * units + j]);
            float c = f * cell[j] + i * g;
            gates[j] = i;
            gates[units + j] = f;
            gates[2 * units + j] = g;
            gates[3 * units + j] = o;
            next[j] = c;
            hidden[j] = o * hyperbolic_tangent(c);
        }
        a += 4 * units;
        b += 4 * units;
        gates += 4 * units;
        cell += units;
        hidden += units;
        next += units;
    }
}

FOR_EACH_CPU void nnd_lstm_gradient(const float *restrict gates, const float *restrict cell,
                                    const float *restrict next, const float *restrict up_hidden,
                                    const float *restrict up_next, float *restrict down_gates,
                                    float *restrict down_cell, size_t rows, size_t units) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t j = 0; j < units; j++) {
            float i = gates[j], f = gates[units + j], g = gates[2 * units + j], o = gates[3 * units + j];
            float t = hyperbolic_tangent(next[j]);
            float up = up_hidden[j];
            float down = up_next[j] + up * o * (1 - t * t);
            down_gates[j] = down * g * (i * (1 - i));
            down_gates[units + j] = down * cell[j] * (f * (1 - f));
            down_gates[2 * units + j] = down * i * (1 - g * g);
            down_gates[3 * units + j] = up * t * (o * (1 - o));
            down_cell[j] = down * f;
        }
        gates += 4 * units;
        down_gates += 4 * units;
        cell += units;
        next += units;
        up_hidden += units;
        up_next += units;
        down_cell += units;
    }
}

FOR_EACH_CPU void nnd_gru(const float *restrict a, const float *restrict b, const float *restrict state,
                          float *restrict gates, float *restrict next, size_t rows, size_t units) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t j = 0; j < units; j++) {
            float r = logistic(a[j] + b[j]);
            float z = logistic(a[units + j] + b[units + j]);
            float n = hyperbolic_tangent(a[2 * units + j] + r * b[2 * units + j]);
            gates[j] = r;
            gates[units + j] = z;
            gates[2 * units + j] = n;
            next[j] = (1 - z) * n + z * state[j];
        }
        a += 3 * units;
        b += 3 * units;
        gates += 3 * units;
        state += units;
        next += units;
    }
}

FOR_EACH_CPU void nnd_gru_gradient(const float *restrict gates, const float *restrict b,
                                   const float *restrict state, const float *restrict upstream,
                                   float *restrict down_a, float *restrict down_b, float *restrict down_state,
                                   size_t rows, size_t units) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t j = 0; j < units; j++) {
            float r = gates[j], z = gates[units + j], n = gates[2 * units + j];
            float up = upstream[j];
            float dn = up * (1 - z) * (1 - n * n);
            float dz = up * (state[j] - n) * (z * (1 - z));
            float dr = dn * b[2 * units + j] * (r * (1 - r));
            down_a[j] = dr;
            down_a[units + j] = dz;
            down_a[2 * units + j] = dn;
            down_b[j] = dr;
            down_b[units + j] = dz;
            down_b[2 * units + j] = dn * r;
            down_state[j] = up * z;
        }
        gates += 3 * units;
        b += 3 * units;
        down_a += 3 * units;
        down_b += 3 * units;
        state += units;
        upstream += units;
        down_state += units;
    }
}
