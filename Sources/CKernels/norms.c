#include "CKernels.h"
#include "for_each_cpu.h"
#include "lanes.h"

/* Eight lanes at a time: eight neighbouring groups where a group's values have none of their own, else eight values of
   one group. A block is the groups that are done together: eight, or one. */

INLINE size_t groups_of_block(const struct nnd_groups *s, size_t first) {
    if (s->inner != 1) return 1;
    return s->groups - first < 8 ? s->groups - first : 8;
}

INLINE void load_group_numbers(double8 *lanes, const double *x, size_t width, size_t inner) {
    if (inner == 1) {
        double8 some = {0};
        memcpy(&some, x, width * sizeof *x);
        *lanes = some;
    } else {
        *lanes = (double8){0} + *x;
    }
}

INLINE void store_group_numbers(double *x, const double8 *lanes, size_t width) {
    memcpy(x, lanes, width * sizeof *x);
}

enum term { VALUE, SQUARED_DISTANCE, PRODUCT };

INLINE void term_of(double8 *out, enum term term, const double8 *x, const double8 *y, const double8 *centre) {
    switch (term) {
    case VALUE: *out = *x; break;
    case SQUARED_DISTANCE: *out = (*x - *centre) * (*x - *centre); break;
    case PRODUCT: *out = *x * (*y - *centre); break;
    }
}

/* The sums over the values of a block's groups, each in its group's lane; of one group, in every lane. */
INLINE void sum_block(double8 *sums, enum term term, const float *x, const float *y, const double8 *centre,
                      const struct nnd_groups *s, size_t first) {
    size_t width = groups_of_block(s, first), step = s->groups * s->inner;
    double8 low = {0}, high = {0}, a, b = {0}, value;
    for (size_t i = 0, at = first * s->inner; i < s->outer; i++, at += step) {
        if (s->inner == 1) {
            if (width == 8) {
                load8(&a, x + at);
                if (term == PRODUCT) load8(&b, y + at);
            } else {
                load_some(&a, x + at, width);
                if (term == PRODUCT) load_some(&b, y + at, width);
            }
            term_of(&value, term, &a, &b, centre);
            low += value;
            continue;
        }
        size_t j = at, end = at + s->inner;
        for (; j + 16 <= end; j += 16) {
            load8(&a, x + j);
            if (term == PRODUCT) load8(&b, y + j);
            term_of(&value, term, &a, &b, centre);
            low += value;
            load8(&a, x + j + 8);
            if (term == PRODUCT) load8(&b, y + j + 8);
            term_of(&value, term, &a, &b, centre);
            high += value;
        }
        for (; j < end; j += 8) {
            size_t some = end - j < 8 ? end - j : 8;
            load_some(&a, x + j, some);
            if (term == PRODUCT) load_some(&b, y + j, some);
            term_of(&value, term, &a, &b, centre);
            for (size_t lane = 0; lane < 8; lane++) high[lane] += lane < some ? value[lane] : 0;
        }
    }
    if (s->inner == 1) {
        *sums = low;
    } else {
        low += high;
        *sums = (double8){0} + sum_of_lanes(&low);
    }
}

/* out = slope * (x - centre) + shift, or with y: slope * (x - shift - (y - centre) * stretch). */
INLINE void formula_of(double8 *out, const double8 *x, const double8 *y, const double8 *centre, const double8 *slope,
                       const double8 *shift, const double8 *stretch) {
    *out = y ? *slope * (*x - *shift - (*y - *centre) * *stretch) : (*x - *centre) * *slope + *shift;
}

INLINE void map_block(float *out, const float *x, const float *y, const double8 *centre, const double8 *slope,
                      const double8 *shift, const double8 *stretch, const struct nnd_groups *s, size_t first) {
    size_t width = groups_of_block(s, first), step = s->groups * s->inner;
    size_t run = s->inner == 1 ? width : s->inner;
    double8 a, b, value;
    for (size_t i = 0, at = first * s->inner; i < s->outer; i++, at += step) {
        size_t j = at, end = at + run;
        for (; j + 8 <= end; j += 8) {
            load8(&a, x + j);
            if (y) load8(&b, y + j);
            formula_of(&value, &a, y ? &b : NULL, centre, slope, shift, stretch);
            store8(out + j, &value);
        }
        if (j < end) {
            load_some(&a, x + j, end - j);
            if (y) load_some(&b, y + j, end - j);
            formula_of(&value, &a, y ? &b : NULL, centre, slope, shift, stretch);
            store_some(out + j, &value, end - j);
        }
    }
}

FOR_EACH_CPU void nnd_group_sums(double *restrict sums, const float *restrict x, struct nnd_groups s) {
    for (size_t first = 0, width; first < s.groups; first += width) {
        width = groups_of_block(&s, first);
        double8 total, none = {0};
        sum_block(&total, VALUE, x, x, &none, &s, first);
        store_group_numbers(sums + first, &total, width);
    }
}

FOR_EACH_CPU void nnd_group_products(double *restrict sums, const float *restrict x, const float *restrict y,
                                     const double *restrict centres, struct nnd_groups s) {
    for (size_t first = 0, width; first < s.groups; first += width) {
        width = groups_of_block(&s, first);
        double8 total, centre;
        load_group_numbers(&centre, centres + first, width, s.inner);
        sum_block(&total, PRODUCT, x, y, &centre, &s, first);
        store_group_numbers(sums + first, &total, width);
    }
}

FOR_EACH_CPU void nnd_group_affine(float *restrict out, const float *restrict x, const double *restrict centres,
                                   const double *restrict slopes, const double *restrict shifts,
                                   struct nnd_groups s) {
    for (size_t first = 0, width; first < s.groups; first += width) {
        width = groups_of_block(&s, first);
        double8 centre, slope, shift, none = {0};
        load_group_numbers(&centre, centres + first, width, s.inner);
        load_group_numbers(&slope, slopes + first, width, s.inner);
        load_group_numbers(&shift, shifts + first, width, s.inner);
        map_block(out, x, NULL, &centre, &slope, &shift, &none, &s, first);
    }
}

INLINE void roots(double8 *out, const double8 *x) {
    *out = __builtin_elementwise_sqrt(*x);
}

FOR_EACH_CPU void nnd_batch_norm(float *restrict out, double *restrict means, double *restrict variances,
                                 const float *restrict x, const double *restrict scales,
                                 const double *restrict shifts, double epsilon, struct nnd_groups s) {
    double length = (double)(s.outer * s.inner);
    for (size_t first = 0, width; first < s.groups; first += width) {
        width = groups_of_block(&s, first);
        double8 mean, variance, scale, shift, root, none = {0};
        sum_block(&mean, VALUE, x, x, &none, &s, first);
        mean /= length;
        sum_block(&variance, SQUARED_DISTANCE, x, x, &mean, &s, first);
        variance /= length;
        store_group_numbers(means + first, &mean, width);
        store_group_numbers(variances + first, &variance, width);
        variance += epsilon;
        roots(&root, &variance);
        load_group_numbers(&scale, scales + first, width, s.inner);
        load_group_numbers(&shift, shifts + first, width, s.inner);
        scale /= root;
        map_block(out, x, NULL, &mean, &scale, &shift, &none, &s, first);
    }
}

FOR_EACH_CPU void nnd_batch_norm_gradient(float *restrict down, double *restrict down_scales,
                                          double *restrict down_shifts, const float *restrict up,
                                          const float *restrict x, const double *restrict means,
                                          const double *restrict variances, const double *restrict scales,
                                          double epsilon, struct nnd_groups s) {
    double length = (double)(s.outer * s.inner);
    for (size_t first = 0, width; first < s.groups; first += width) {
        width = groups_of_block(&s, first);
        double8 mean, root, scale, sum, along, none = {0};
        load_group_numbers(&mean, means + first, width, s.inner);
        load_group_numbers(&root, variances + first, width, s.inner);
        load_group_numbers(&scale, scales + first, width, s.inner);
        root += epsilon;
        roots(&root, &root);
        /* What is left of the gradient when its parts along a shift and a stretch of x are taken out. */
        sum_block(&sum, VALUE, up, up, &none, &s, first);
        sum_block(&along, PRODUCT, up, x, &mean, &s, first);
        along /= root;
        store_group_numbers(down_shifts + first, &sum, width);
        store_group_numbers(down_scales + first, &along, width);
        if (!down) continue;
        sum /= length;
        along /= root * length;
        scale /= root;
        map_block(down, up, x, &mean, &scale, &sum, &along, &s, first);
    }
}
