/* The loops of convolution.c for one length of vector. Included once for each instruction set, with
   LANES, the floats in a vector;
   WIDTH, the most pixels of a tile, and SUMS, the most vectors that a tile sums up in registers;
   NAMED(x), the name of a function of this instruction set. No include guard, on purpose. */

typedef float NAMED(vector) __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int NAMED(mask) __attribute__((vector_size(4 * LANES), aligned(4)));
#define VECTOR NAMED(vector)
#define MASK NAMED(mask)

INLINE VECTOR NAMED(load)(const float *from) { return *(const VECTOR *)from; }
INLINE void NAMED(store)(float *to, VECTOR values) { *(VECTOR *)to = values; }

/* The first `count` numbers, and zeros behind them. */
INLINE VECTOR NAMED(load_some)(const float *from, size_t count) {
    VECTOR values = {0};
    if (count >= LANES) return NAMED(load)(from);
    memcpy(&values, from, count * sizeof *from);
    return values;
}

/* One number in all lanes, kept in a register: as a product's operand in memory it would be loaded for each product. */
INLINE VECTOR NAMED(repeat)(float value) {
    VECTOR values = value - (VECTOR){0};
    KEEP_IN_REGISTER(values);
    return values;
}

/* a where the mask says so, else b. */
INLINE VECTOR NAMED(choose)(MASK mask, VECTOR a, VECTOR b) {
    return (VECTOR)((mask & (MASK)a) | (~mask & (MASK)b));
}

/* No number below `floor`; a NaN stays one. */
INLINE VECTOR NAMED(at_least)(VECTOR floor, VECTOR x) { return NAMED(choose)((MASK)(x < floor), floor, x); }

/* Rows become columns: swaps blocks of 1, 2, 4, ... numbers across the diagonal. */
INLINE void NAMED(transpose)(VECTOR rows[LANES]) {
#define STAGE(D)                                                                                                  \
    UNROLL for (int i = 0; i < LANES; i++) {                                                                      \
        if (i & (D)) continue;                                                                                    \
        VECTOR upper = rows[i], lower = rows[i + (D)];                                                            \
        rows[i] = __builtin_shufflevector(upper, lower, NAMED(UPPER)(D));                                         \
        rows[i + (D)] = __builtin_shufflevector(upper, lower, NAMED(LOWER)(D));                                   \
    }
    STAGE(1)
    STAGE(2)
#if LANES > 4
    STAGE(4)
#endif
#if LANES > 8
    STAGE(8)
#endif
#undef STAGE
}

/* Writes LANES rows of a tile, `pitch` floats apart, as `planes` columns of `width` numbers, each in a plane of its
   own. Where a plane has `room` behind them, whole vectors: what lies there is written later. */
NEVER_INLINE void NAMED(store_transposed)(float *to, const float *tile, size_t pitch, size_t width, size_t planes,
                                          size_t places, size_t room) {
    VECTOR rows[LANES];
    UNROLL for (size_t p = 0; p < LANES; p++) rows[p] = NAMED(load)(tile + p * pitch);
    NAMED(transpose)(rows);
    if (planes >= LANES && room >= LANES) {
        UNROLL for (size_t f = 0; f < LANES; f++) NAMED(store)(to + f * places, rows[f]);
    } else {
        for (size_t f = 0; f < planes && f < LANES; f++) memcpy(to + f * places, &rows[f], width * sizeof *to);
    }
}

/* Bias and ReLU for a tile of sums, which then goes where its filters' pixels lie; `room` pixels of a plane begin at
   `y`. */
static void NAMED(finish)(float *sums, const float *bias, int relu, size_t width, size_t filters, size_t places,
                          size_t room, float *y) {
    VECTOR floor = NAMED(repeat)(relu ? 0 : -INFINITY);
    for (size_t filter = 0; filter < filters; filter += LANES, sums += LANES) {
        VECTOR added = bias ? NAMED(load_some)(bias + filter, filters - filter) : (VECTOR){0};
        for (size_t p = 0; p < width; p++) {
            float *sum = sums + p * 2 * LANES;
            NAMED(store)(sum, NAMED(at_least)(floor, NAMED(load)(sum) + added));
        }
        NAMED(store_transposed)(y + filter * places, sums, 2 * LANES, width, filters - filter, places, room);
    }
}

/* The sums of one tile: `width` neighbouring pixels and `vectors` vectors of filters, over all channels and taps. */
INLINE void NAMED(sum_tile)(const struct nnd_window *window, const float *source, const float *weights, float *out,
                            int width, int vectors) {
    VECTOR sums[WIDTH][2];
    UNROLL for (int p = 0; p < width; p++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[p][v] = (VECTOR){0};
    }
    for (size_t channel = 0; channel < window->channels; channel++, source += window->plane) {
        for (size_t tap = 0; tap < window->taps; tap++) {
            const float *cells = source + window->offsets[tap];
            VECTOR first = NAMED(load)(weights);
            VECTOR second = vectors > 1 ? NAMED(load)(weights + LANES) : first;
            weights += vectors * LANES;
            UNROLL for (int p = 0; p < width; p++) {
                VECTOR cell = NAMED(repeat)(cells[p]);
                sums[p][0] += first * cell;
                if (vectors > 1) sums[p][1] += second * cell;
            }
        }
    }
    UNROLL for (int p = 0; p < width; p++) {
        UNROLL for (int v = 0; v < vectors; v++) NAMED(store)(out + (p * 2 + v) * LANES, sums[p][v]);
    }
}

#define CASE(W)                                                                                                   \
    case W:                                                                                                       \
        if (vectors > 1) NAMED(sum_tile)(window, source, weights, sums, W, 2);                                    \
        else NAMED(sum_tile)(window, source, weights, sums, W, 1);                                                \
        break;

NEVER_INLINE void NAMED(sum)(size_t width, int vectors, const struct nnd_window *window, const float *source,
                             const float *weights, float *sums) {
    switch (width) {
        CASE(1) CASE(2) CASE(3) CASE(4)
#if WIDTH > 4
        CASE(5) CASE(6)
#endif
#if WIDTH > 6
        CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12) CASE(13) CASE(14)
#endif
        default: __builtin_trap();
    }
}
#undef CASE

/* Bias, the largest of each square of 2 x 2 and ReLU, for the sums of the same pixels in two rows. Writes [filters]
   planes of `places` numbers and where in its plane of `columns` wide rows each was found, counted from `first`. */
static void NAMED(finish_squares)(const float *upper, const float *lower, const float *bias, int relu, size_t width,
                                  size_t filters, size_t places, size_t room, int first, int columns, float *y,
                                  int32_t *positions) {
    VECTOR floor = NAMED(repeat)(relu ? 0 : -INFINITY), largest[LANES] = {0}, found[LANES] = {0};
    for (size_t filter = 0; filter < filters; filter += LANES, upper += LANES, lower += LANES) {
        VECTOR added = bias ? NAMED(load_some)(bias + filter, filters - filter) : (VECTOR){0};
        for (size_t p = 0; p < width; p++) {
            VECTOR best = NAMED(load)(upper + p * 4 * LANES) + added;
            MASK position = first + 2 * (int)p - (MASK){0};
            UNROLL for (int other = 1; other < 4; other++) {
                const float *row = other & 2 ? lower : upper;
                VECTOR value = NAMED(load)(row + (p * 4 + (other & 1) * 2) * LANES) + added;
                MASK larger = ~(MASK)(value <= best) & (MASK)(best == best);
                MASK next = first + 2 * (int)p + (other & 1) + (other & 2 ? columns : 0) - (MASK){0};
                best = NAMED(choose)(larger, value, best);
                position = (larger & next) | (~larger & position);
            }
            largest[p] = NAMED(at_least)(floor, best);
            found[p] = (VECTOR)position;
        }
        size_t left = filters - filter, at = filter * places;
        NAMED(store_transposed)(y + at, (float *)largest, LANES, width, left, places, room);
        NAMED(store_transposed)((float *)positions + at, (float *)found, LANES, width, left, places, room);
    }
}

static void NAMED(convolve)(float *y, const float *source, const float *weights, const float *bias, int relu,
                            const struct nnd_window *window) {
    size_t depth = window->channels * window->taps, tiles = (window->columns + WIDTH - 1) / WIDTH;
    float sums[LANES * 2 * LANES] __attribute__((aligned(64))) = {0};
    for (size_t filter = 0; filter < window->filters; filter += 2 * LANES) {
        size_t left = window->filters - filter, filters = left < 2 * LANES ? left : 2 * LANES;
        for (size_t row = 0; row < window->rows; row++) {
            size_t column = 0;
            for (size_t tile = 0; tile < tiles; tile++) {
                size_t width = (window->columns - column + tiles - tile - 1) / (tiles - tile);
                size_t place = row * window->columns + column;
                NAMED(sum)(width, filters > LANES ? 2 : 1, window, source + row * window->line + column,
                           weights + filter * depth, sums);
                NAMED(finish)(sums, bias ? bias + filter : 0, relu, width, filters, window->places,
                              window->places - place, y + filter * window->places + place);
                column += width;
            }
        }
    }
}

static void NAMED(convolve_squares)(float *y, int *positions, const float *source, const float *weights,
                                    const float *bias, int relu, const struct nnd_window *window) {
    enum { MOST = WIDTH / 2 };
    size_t depth = window->channels * window->taps;
    size_t rows = window->rows / 2, columns = window->columns / 2, tiles = (columns + MOST - 1) / MOST;
    float upper[WIDTH * 2 * LANES] __attribute__((aligned(64))) = {0};
    float lower[WIDTH * 2 * LANES] __attribute__((aligned(64))) = {0};
    for (size_t filter = 0; filter < window->filters; filter += 2 * LANES) {
        size_t left = window->filters - filter, filters = left < 2 * LANES ? left : 2 * LANES;
        int vectors = filters > LANES ? 2 : 1;
        const float *packed = weights + filter * depth;
        for (size_t row = 0; row < rows; row++) {
            size_t column = 0;
            for (size_t tile = 0; tile < tiles; tile++) {
                size_t width = (columns - column + tiles - tile - 1) / (tiles - tile);
                size_t places = rows * columns, place = row * columns + column;
                const float *cells = source + 2 * row * window->line + 2 * column;
                NAMED(sum)(2 * width, vectors, window, cells, packed, upper);
                NAMED(sum)(2 * width, vectors, window, cells + window->line, packed, lower);
                NAMED(finish_squares)(upper, lower, bias ? bias + filter : 0, relu, width, filters, places,
                                      places - place, (int)(2 * row * window->columns + 2 * column),
                                      (int)window->columns, y + filter * places + place,
                                      positions + filter * places + place);
                column += width;
            }
        }
    }
}

/* The products of `bases` x `run` taps with `vectors` vectors of filters, summed over all pixels. */
INLINE void NAMED(correlate_taps)(const struct nnd_window *window, const float *const *sources, const float *y,
                                  float *weights, int bases, int run, int vectors) {
    VECTOR sums[SUMS / 2][2];
    const float *cells[SUMS / 2];
    UNROLL for (int k = 0; k < bases * run; k++) {
        UNROLL for (int v = 0; v < vectors; v++) sums[k][v] = (VECTOR){0};
    }
    UNROLL for (int b = 0; b < bases; b++) cells[b] = sources[b];
    for (size_t row = 0; row < window->rows; row++) {
        for (size_t column = 0; column < window->columns; column++) {
            VECTOR first = NAMED(load)(y);
            VECTOR second = vectors > 1 ? NAMED(load)(y + LANES) : first;
            y += vectors * LANES;
            UNROLL for (int b = 0; b < bases; b++) {
                UNROLL for (int k = 0; k < run; k++) {
                    VECTOR cell = NAMED(repeat)(cells[b][column + k]);
                    sums[b * run + k][0] += first * cell;
                    if (vectors > 1) sums[b * run + k][1] += second * cell;
                }
            }
        }
        UNROLL for (int b = 0; b < bases; b++) cells[b] += window->line;
    }
    UNROLL for (int k = 0; k < bases * run; k++) {
        UNROLL for (int v = 0; v < vectors; v++, weights += LANES) {
            NAMED(store)(weights, NAMED(load)(weights) + sums[k][v]);
        }
    }
}

#define CASE(B, R)                                                                                                \
    if (bases == (B) && run == (R)) {                                                                             \
        if (vectors > 1) NAMED(correlate_taps)(window, sources, y, weights, B, R, 2);                             \
        else NAMED(correlate_taps)(window, sources, y, weights, B, R, 1);                                         \
        return;                                                                                                   \
    }

NEVER_INLINE void NAMED(correlate_some)(size_t bases, size_t run, const struct nnd_window *window,
                                        const float *const *sources, const float *y, float *weights,
                                        int vectors) {
    CASE(1, 1) CASE(2, 1) CASE(3, 1) CASE(4, 1) CASE(5, 1) CASE(6, 1)
    CASE(1, 2) CASE(2, 2) CASE(3, 2) CASE(1, 3) CASE(2, 3) CASE(1, 4) CASE(1, 5)
#if SUMS > 12
    CASE(7, 1) CASE(8, 1) CASE(4, 2) CASE(5, 2) CASE(6, 2) CASE(7, 2) CASE(3, 3) CASE(4, 3) CASE(2, 4) CASE(3, 4)
    CASE(2, 5) CASE(1, 7) CASE(2, 7)
#endif
    __builtin_trap();
}
#undef CASE

/* How many starts of runs a tile takes: as many sums as there are registers, no more than eight pointers. */
static size_t NAMED(most_bases)(size_t run) {
    size_t most = SUMS / 2 / run;
    return most > 8 ? 8 : most;
}

static void NAMED(correlate)(float *weights, const float *source, const float *y, const struct nnd_window *window) {
    size_t run = window->run > NAMED(longest_run) ? 1 : window->run == 6 ? 3 : window->run;
    size_t runs = window->taps / run, starts = window->channels * runs, most = NAMED(most_bases)(run);
    for (size_t filter = 0; filter < window->filters; filter += 2 * LANES) {
        size_t width = window->filters - filter > LANES ? 2 * LANES : LANES;
        for (size_t start = 0; start < starts;) {
            size_t bases = starts - start < most ? starts - start : most;
            const float *sources[SUMS / 2];
            for (size_t b = 0; b < bases; b++) {
                size_t channel = (start + b) / runs, tap = (start + b) % runs * run;
                sources[b] = source + channel * window->plane + window->offsets[tap];
            }
            NAMED(correlate_some)(bases, run, window, sources, y + filter * window->places,
                                  weights + filter * window->channels * window->taps + start * run * width,
                                  width > LANES ? 2 : 1);
            start += bases;
        }
    }
}

/* Pixels become rows of filters, and the sum of each filter's pixels is added to `totals` where there are any. */
static void NAMED(pack_pixels)(float *out, const float *y, double *totals, size_t filters, size_t pixels) {
    for (size_t filter = 0; filter < filters; filter += LANES) {
        size_t pair = filter / (2 * LANES) * (2 * LANES), some = filters - filter < LANES ? filters - filter : LANES;
        size_t pitch = filters - pair > LANES ? 2 * LANES : LANES;
        float *to = out + pair * pixels + (filter - pair);
        VECTOR rows[LANES];
        double sums[LANES] = {0};
        for (size_t pixel = 0; pixel < pixels; pixel += LANES) {
            size_t width = pixels - pixel < LANES ? pixels - pixel : LANES;
            const float *from = y + filter * pixels + pixel;
            if (some == LANES && width == LANES) {
                UNROLL for (int f = 0; f < LANES; f++) rows[f] = NAMED(load)(from + f * pixels);
            } else {
                for (size_t f = 0; f < LANES; f++) {
                    rows[f] = f < some ? NAMED(load_some)(from + f * pixels, width) : (VECTOR){0};
                }
            }
            NAMED(transpose)(rows);
            if (width == LANES) {
                UNROLL for (int p = 0; p < LANES; p++) NAMED(store)(to + (pixel + p) * pitch, rows[p]);
            } else {
                for (size_t p = 0; p < width; p++) NAMED(store)(to + (pixel + p) * pitch, rows[p]);
            }
            if (!totals) continue;
            for (size_t p = 0; p < LANES; p++) {
                for (int f = 0; f < LANES; f++) sums[f] += (double)rows[p][f];
            }
        }
        if (totals) {
            for (size_t f = 0; f < some; f++) totals[filter + f] += sums[f];
        }
    }
}

#undef VECTOR
#undef MASK
