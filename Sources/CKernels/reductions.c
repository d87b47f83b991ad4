#include "CKernels.h"
#include "for_each_cpu.h"
#include "lanes.h"

FOR_EACH_CPU double nnd_sum(const float *x, size_t count) { return sum_of_neighbours(x, count); }

FOR_EACH_CPU double nnd_sum_of_squared_distances(const float *x, double centre, size_t count) {
    return sum_of_squared_distances(x, centre, count);
}

/* out[0 ..< width] (+)= total, rounded */
INLINE void write_sums(float *out, const double8 *total, size_t width, int accumulate) {
    for (size_t j = 0; j < width; j++) {
        float value = (float)(*total)[j];
        out[j] = accumulate ? out[j] + value : value;
    }
}

INLINE void sum_rows(float *restrict out, const float *restrict x, size_t rows, size_t columns, double divisor,
                     int accumulate) {
    size_t count = rows * columns, first = 0;
    double8 a, b;
    for (; first + 16 <= columns; first += 16) {
        double8 low = {0}, high = {0};
        for (size_t at = first; at < count; at += columns) {
            load8(&a, x + at);
            load8(&b, x + at + 8);
            low += a;
            high += b;
        }
        low /= divisor;
        high /= divisor;
        write_sums(out + first, &low, 8, accumulate);
        write_sums(out + first + 8, &high, 8, accumulate);
    }
    for (; first < columns; first += 8) {
        size_t width = columns - first < 8 ? columns - first : 8, at = first;
        double8 total = {0};
        /* What is read beyond a row's end is the next row, in lanes that are not written. */
        for (; at + 8 <= count; at += columns) {
            load8(&a, x + at);
            total += a;
        }
        for (; at < count; at += columns) {
            load_some(&a, x + at, width);
            total += a;
        }
        total /= divisor;
        write_sums(out + first, &total, width, accumulate);
    }
}

FOR_EACH_CPU void nnd_sum_rows(float *restrict out, const float *restrict x, size_t rows, size_t columns,
                               int accumulate) {
    sum_rows(out, x, rows, columns, 1, accumulate);
}

FOR_EACH_CPU void nnd_mean_of_rows(float *restrict out, const float *restrict x, size_t rows, size_t columns) {
    sum_rows(out, x, rows, columns, (double)rows, 0);
}

FOR_EACH_CPU void nnd_sum_by_index(float *restrict out, const float *restrict x, const ptrdiff_t *restrict starts,
                                   const int32_t *restrict sources, size_t count, size_t columns, int accumulate) {
    for (size_t place = 0; place < count; place++, out += columns) {
        for (size_t first = 0; first < columns; first += 8) {
            size_t width = columns - first < 8 ? columns - first : 8;
            double8 total = {0}, a;
            for (ptrdiff_t i = starts[place]; i < starts[place + 1]; i++) {
                const float *source = x + (size_t)sources[i] * columns + first;
                if (width == 8) load8(&a, source);
                else load_some(&a, source, width);
                total += a;
            }
            write_sums(out + first, &total, width, accumulate);
        }
    }
}

FOR_EACH_CPU size_t nnd_rows_with_largest_at(const float *x, const int32_t *labels, size_t rows, size_t columns) {
    size_t found = 0;
    for (size_t row = 0; row < rows; row++, x += columns) {
        if (labels[row] < 0 || (size_t)labels[row] >= columns) continue;
        size_t label = (size_t)labels[row];
        float value = x[label];
        /* A comparison with a NaN fails. */
        int others = 0;
        for (size_t j = 0; j < label; j++) others |= !(x[j] < value);
        for (size_t j = label; j < columns; j++) others |= !(x[j] <= value);
        found += !others;
    }
    return found;
}
