#include "CKernels.h"
#include "for_each_cpu.h"
#include "lanes.h"

FOR_EACH_CPU void nnd_row_norm(float *restrict out, double *restrict means, double *restrict inverses,
                               const float *restrict x, const float *restrict scale, const float *restrict shift,
                               double epsilon, int is_centred, size_t rows, size_t columns) {
    for (size_t row = 0; row < rows; row++, x += columns, out += columns) {
        double mean = is_centred ? sum_of_neighbours(x, columns) / (double)columns : 0;
        double variance = sum_of_squared_distances(x, mean, columns) / (double)columns;
        double inverse = 1 / __builtin_elementwise_sqrt(variance + epsilon);
        means[row] = mean;
        inverses[row] = inverse;
        if (scale && shift) {
            for (size_t j = 0; j < columns; j++)
                out[j] = (float)(((double)x[j] - mean) * inverse * (double)scale[j] + (double)shift[j]);
        } else if (scale) {
            for (size_t j = 0; j < columns; j++)
                out[j] = (float)(((double)x[j] - mean) * inverse * (double)scale[j]);
        } else {
            for (size_t j = 0; j < columns; j++) out[j] = (float)(((double)x[j] - mean) * inverse);
        }
    }
}

/* The scaled gradient of up to eight places of a row, and the normalised values there. */
INLINE void load_terms(double8 *g, double8 *y, const float *up, const float *x, const float *scale, double mean,
                       double inverse, size_t count) {
    double8 w;
    if (count == 8) {
        load8(g, up);
        load8(y, x);
        if (scale) load8(&w, scale);
    } else {
        load_some(g, up, count);
        load_some(y, x, count);
        if (scale) load_some(&w, scale, count);
    }
    *y = (*y - mean) * inverse;
    if (scale) *g *= w;
}

FOR_EACH_CPU void nnd_row_norm_gradient(float *restrict down, const float *restrict up, const float *restrict x,
                                        const float *restrict scale, const double *restrict means,
                                        const double *restrict inverses, int is_centred, size_t rows,
                                        size_t columns) {
    for (size_t row = 0; row < rows; row++, x += columns, up += columns, down += columns) {
        double mean = means[row], inverse = inverses[row];
        double8 sums = {0}, products = {0}, g, y;
        for (size_t j = 0; j < columns; j += 8) {
            load_terms(&g, &y, up + j, x + j, scale ? scale + j : NULL, mean, inverse,
                       columns - j < 8 ? columns - j : 8);
            sums += g;
            /* Behind the last number g is 0. */
            products += g * y;
        }
        double shift = is_centred ? sum_of_lanes(&sums) / (double)columns : 0;
        double stretch = sum_of_lanes(&products) / (double)columns;
        for (size_t j = 0; j < columns; j += 8) {
            size_t some = columns - j < 8 ? columns - j : 8;
            load_terms(&g, &y, up + j, x + j, scale ? scale + j : NULL, mean, inverse, some);
            g = (g - shift - y * stretch) * inverse;
            if (some == 8) store8(down + j, &g); else store_some(down + j, &g, some);
        }
    }
}

FOR_EACH_CPU void nnd_row_norm_scale_gradient(float *restrict down_scale, float *restrict down_shift,
                                              const float *restrict up, const float *restrict x,
                                              const double *restrict means, const double *restrict inverses,
                                              size_t rows, size_t columns) {
    double8 g, y;
    for (size_t j = 0; j < columns; j += 8) {
        size_t some = columns - j < 8 ? columns - j : 8;
        double8 products = {0}, sums = {0};
        for (size_t row = 0; row < rows; row++) {
            size_t at = row * columns + j;
            load_terms(&g, &y, up + at, x + at, NULL, means[row], inverses[row], some);
            products += g * y;
            sums += g;
        }
        store_some(down_scale + j, &products, some);
        if (down_shift) store_some(down_shift + j, &sums, some);
    }
}
